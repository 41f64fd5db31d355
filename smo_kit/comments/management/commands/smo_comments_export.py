"""Write the comments of this site into a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.comments.transfer.exporting import outgoing, unknown
from smo_kit.comments.transfer.formats import WRITERS


class Command(BaseCommand):
    help = "Export all comments of this site, with names, addresses and states: keep the file as you keep a backup."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=sorted(WRITERS), help="who is to read it")
        parser.add_argument("file", type=Path, help="where to; what is there is replaced when all is written")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if missing := unknown():
            raise CommandError(f"{missing} comments are not known to the suite yet. Run smo_repair_threads first.")
        file: Path = options["file"]
        part = file.with_name(f"{file.name}.part")
        try:
            with part.open("wb") as opened:
                count = WRITERS[options["format"]](outgoing(), opened)
            part.replace(file)
        except OSError as error:
            raise CommandError(f"{file} can't be written: {error}") from error
        finally:
            part.unlink(missing_ok=True)
        if options["json"]:
            self.stdout.write(json.dumps({"exported": count}))
        else:
            self.stdout.write(f"{count} comments written.")
