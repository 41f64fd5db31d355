"""Export or erase all that is kept of one person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from smo_kit.core.emails import BadAddress
from smo_kit.core.people import Person, erase, export, look, person_at


class Command(BaseCommand):
    help = "Say how much is kept of the person with an e-mail address; export it, or erase it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="his e-mail address")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--export", type=Path, metavar="FILE", help="write everything into a file, as JSON")
        what.add_argument("--erase", action="store_true", help="erase everything; this can't be undone")
        parser.add_argument("--keep-texts", action="store_true", help="leave published comments, under no name")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be erased")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = person_at(options["address"])
        except BadAddress as error:
            raise CommandError(str(error)) from error
        if not options["erase"] and (options["keep_texts"] or options["dry_run"]):
            raise CommandError("--keep-texts and --dry-run belong to --erase.")
        figures = self._do(person, options)
        if options["json"]:
            self.stdout.write(json.dumps({"accounts": len(person.user_ids), "found": figures}))
            return
        verb = "found"
        if options["erase"]:
            verb = "would be erased" if options["dry_run"] else "erased"
        for holder, counts in figures.items():
            for what, count in counts.items():
                self.stdout.write(f"{count:>7} {what} ({holder}) {verb}")
        self.stdout.write(f"{len(person.user_ids)} accounts have the address; they stay.")

    def _do(self, person: Person, options: dict[str, Any]) -> dict[str, dict[str, int]]:
        if options["erase"]:
            return erase(person, keep_texts=options["keep_texts"], is_dry=options["dry_run"])
        found = look(person)
        if file := options["export"]:
            try:
                with file.open("w", encoding="utf-8") as opened:
                    json.dump(export(person), opened, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            except OSError as error:
                raise CommandError(f"{file} can't be written: {error}") from error
        return {id_: {name: len(rows) for name, rows in parts.items()} for id_, parts in found.items()}
