"""Load real text into the demo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo_site.articles.imports import Report, lines_of, load
from smo_kit.core.progress import shown


class Command(BaseCommand):
    help = "Load articles (id, title, text, tags, date; one JSON object a line) into the demo. Safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=Path, metavar="FILE.jsonl[.gz]", help="articles to load")
        parser.add_argument("--comments", type=Path, metavar="FILE.csv", help="comments to load")
        parser.add_argument(
            "--language", choices=[code for code, _ in settings.LANGUAGES], default="", help="default: by the letters"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["comments"]:
            raise CommandError(
                "There are no comments in this demo yet: they come with smo_kit.comments. Leave --comments out."
            )
        if not options["articles"]:
            raise CommandError("Say what to load: --articles FILE.jsonl or FILE.jsonl.gz")
        report = Report()
        try:
            self._load(options["articles"], options["language"], report, quiet=options["json"])
        except (OSError, EOFError) as error:
            raise CommandError(f"{options['articles']} can't be read: {error}. {_kept(report)}") from error
        except KeyboardInterrupt as error:
            raise CommandError(f"Interrupted. {_kept(report)} Run it again to go on.", returncode=130) from error
        self._tell(report, as_json=options["json"])

    def _load(self, file: Path, language: str, report: Report, *, quiet: bool) -> None:
        total = sum(1 for _ in lines_of(file))
        told = 0
        for _ in load(lines_of(file), report, language):
            if quiet:
                continue
            shown(self.stdout, report.read, total)
            for number, why in report.bad[told:]:
                self.stderr.write(f"line {number} {why}; it was left out.")
            told = len(report.bad)

    def _tell(self, report: Report, *, as_json: bool) -> None:
        if as_json:
            figures = {"read": report.read, "created": report.created, "updated": report.updated}
            bad = [{"line": number, "error": why} for number, why in report.bad]
            self.stdout.write(json.dumps(figures | {"bad": bad}, ensure_ascii=False))
            return
        left = f", {len(report.bad)} bad lines left out" if report.bad else ""
        self.stdout.write(f"{report.created} articles added, {report.updated} updated{left}.")


def _kept(report: Report) -> str:
    return f"{report.created + report.updated} articles are kept."
