"""Find out whose the addresses are from which personal links were fetched: for sites whose tasks have no worker."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from smo_kit.share.verifying import verify_waiting


class Command(BaseCommand):
    help = (
        "Verify the fetches of personal links that wait, by the DNS and the lists of smo_crawler_ranges. A worker of "
        "tasks does it by itself; without one let cron run this every minute."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the figure as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        done = verify_waiting()
        self.stdout.write(json.dumps({"verdicts": done}) if options["json"] else f"{done} fetches looked at.")
