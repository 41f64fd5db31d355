"""Keep old counts by the month instead of by the day: safe to run twice and to interrupt. No sum changes."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.core.progress import shown
from smo_kit.engagement.conf import engagement_settings
from smo_kit.engagement.folding import Folded, border, fold


class Command(BaseCommand):
    help = "Keep old counts of what readers did by the month instead of by the day, so that their table stays small."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=_days, help="keep so many days (default: the setting daily_days)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        days = engagement_settings().daily_days if options["days"] is None else options["days"]
        progress = Folded(0)
        try:
            for progress in fold(days):
                if not options["json"]:
                    shown(self.stderr, progress.done, progress.total)
        except KeyboardInterrupt as error:
            self._tell(progress, days, is_json=options["json"])
            raise CommandError("Interrupted. Run it again: what is folded stays so.", returncode=130) from error
        self._tell(progress, days, is_json=options["json"])

    def _tell(self, progress: Folded, days: int, *, is_json: bool) -> None:
        before = border(days).isoformat() if days else None
        if is_json:
            self.stdout.write(json.dumps({**asdict(progress), "before": before}))
        elif before is None:
            self.stdout.write("daily_days is 0: all counts are kept by the day.")
        else:
            self.stdout.write(f"{progress.done} rows of days before {before} became {progress.into} of months.")


def _days(text: str) -> int:
    if not text.isdecimal():
        raise ArgumentTypeError("a number of days, 0 or more")
    return int(text)
