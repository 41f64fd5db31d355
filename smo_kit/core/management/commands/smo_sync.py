"""Make the snapshots of all cards right again, throw away or renew what is old: safe to run twice and to interrupt."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.core.progress import shown
from smo_kit.core.rows import sync
from smo_kit.core.sweeps import run_sweeps


class Command(BaseCommand):
    help = "Write a snapshot of every public card, drop those of what is gone, and throw away or renew what is old."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        for progress in sync():
            if not options["json"]:
                shown(self.stderr, progress.done, progress.total)
        swept = run_sweeps()
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(progress), "swept": swept}))
        else:
            self.stdout.write(
                f"{progress.rows} snapshots of {progress.done} objects written, {progress.dropped} dropped."
            )
            for name, count in swept.items():
                self.stdout.write(f"{count} {name} thrown away or brought up to date.")
        if progress.failed:
            raise CommandError(f"The cards of {progress.failed} objects can't be made: the log says why.")
