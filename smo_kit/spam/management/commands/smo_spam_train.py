"""Train the spam filter from files of labelled texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.core.progress import shown
from smo_kit.spam.labelled import UnreadableFile, read_labelled
from smo_kit.spam.services import keep_model
from smo_kit.spam.training import Training


class Command(BaseCommand):
    help = "Train the spam filter anew from CSV files with the columns label (spam, ham) and text; a file is a source."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.csv", help="one for each source")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            training = Training({str(path): read_labelled(path) for path in options["files"]})
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        rows = [one for texts in training.sources.values() for one in texts]
        if len({one.is_spam for one in rows}) < 2:
            raise CommandError("There must be spam and ham among the texts, or nothing can be learned.")
        for done in training.run():
            if not options["json"] and done % 500 == 0:
                shown(self.stderr, done, training.steps)
        if not options["json"]:
            shown(self.stderr, training.steps, training.steps)
        figures = keep_model(training)
        if options["json"]:
            self.stdout.write(json.dumps(figures))
        else:
            self.stdout.write(
                "Trained on {n} texts ({spam} spam) from {sources} sources: {features} features, {bytes} bytes.".format(
                    **figures
                )
            )
