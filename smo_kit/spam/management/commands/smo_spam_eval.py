"""Measure the spam filter on a file of labelled texts. Nothing in the database changes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.core.progress import shown
from smo_kit.spam.evaluation import Evaluation
from smo_kit.spam.labelled import UnreadableFile, read_labelled


class Command(BaseCommand):
    help = "Judge the texts of a CSV file (columns label, text) and print how good the judgements are; changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv", help="columns label (spam, ham) and text")
        parser.add_argument(
            "--learn", type=int, default=0, metavar="N", help="learn the first N texts first, and measure only the rest"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_labelled(options["file"])
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        if not 0 <= options["learn"] < len(rows):
            raise CommandError(f"--learn must leave something to measure: {options['file']} has {len(rows)} texts.")
        evaluation = Evaluation(rows, options["learn"])
        for done in evaluation.run():
            if not options["json"] and done % 100 == 0:
                shown(self.stderr, done, len(evaluation.rows))
        if not options["json"]:
            shown(self.stderr, len(evaluation.rows), len(evaluation.rows))
        figures = asdict(evaluation.figures)
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name:15} {value if isinstance(value, int) else format(value, '.4f')}")
