"""Find and mend what is wrong with comments: safe to run twice and to interrupt."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.comments.finding import KINDS
from smo_kit.comments.repairing import Repair, repair
from smo_kit.core.progress import shown


class Command(BaseCommand):
    help = "Find and mend orphans, wrong order and wrong counts of comments, and take in those of django-comments-xtd."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Repair(0)
        try:
            for progress in repair(is_dry=options["dry_run"]):
                if not options["json"]:
                    shown(self.stderr, progress.done, progress.total)
        except KeyboardInterrupt as error:
            self._tell(progress, options)
            raise CommandError("Interrupted. Run it again: what is mended stays so.", returncode=130) from error
        self._tell(progress, options)
        if progress.failed:
            raise CommandError(f"{len(progress.failed)} pages could not be mended: the log says why. Run it again.")

    def _tell(self, progress: Repair, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"dry_run": options["dry_run"], **asdict(progress)}, ensure_ascii=False))
            return
        for kind, found in progress.found.items():
            examples = ", ".join(map(str, found.examples))
            self.stdout.write(f"{found.count:>7} {KINDS[kind]} (e.g. {examples})")
        verb = "would be mended" if options["dry_run"] else "mended"
        self.stdout.write(
            f"{progress.done} comments of {progress.pages} pages looked at; {progress.wrong_pages} pages {verb}."
        )
