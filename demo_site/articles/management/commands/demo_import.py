"""Load real text into the demo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo_site.articles import comments
from demo_site.articles.imports import Report, lines_of, load
from demo_site.articles.readers import read_texts
from smo_kit.comments.transfer.foreign import BadFile
from smo_kit.comments.transfer.importing import Report as CommentsReport
from smo_kit.comments.transfer.importing import as_json as figures_of
from smo_kit.comments.transfer.importing import take
from smo_kit.core.progress import shown

SHOWN = 20
"""Posts that are not here, of those that a person is told."""


class Command(BaseCommand):
    help = "Load articles (id, title, text, tags, date) and comments (text, post, parent, author). Safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=Path, metavar="FILE.jsonl[.gz]", help="articles, a JSON object a line")
        parser.add_argument("--comments", type=Path, metavar="FILE.csv", help="comments")
        parser.add_argument(
            "--language", choices=[code for code, _ in settings.LANGUAGES], default="", help="default: by the letters"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["articles"] and not options["comments"]:
            raise CommandError("Say what to load: --articles FILE.jsonl or FILE.jsonl.gz, --comments FILE.csv")
        figures: dict[str, Any] = {}
        if options["articles"]:
            figures |= self._articles(options)
        if options["comments"]:
            figures["comments"] = self._comments(options["comments"], as_json=options["json"])
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))

    def _articles(self, options: dict[str, Any]) -> dict[str, Any]:
        report = Report()
        try:
            self._load(options["articles"], options["language"], report, quiet=options["json"])
        except (OSError, EOFError) as error:
            raise CommandError(f"{options['articles']} can't be read: {error}. {_kept(report)}") from error
        except KeyboardInterrupt as error:
            raise CommandError(f"Interrupted. {_kept(report)} Run it again to go on.", returncode=130) from error
        read_texts(quiet=options["json"])
        if not options["json"]:
            left = f", {len(report.bad)} bad lines left out" if report.bad else ""
            self.stdout.write(f"{report.created} articles added, {report.updated} updated{left}.")
        bad = [{"line": number, "error": why} for number, why in report.bad]
        return {"read": report.read, "created": report.created, "updated": report.updated, "bad": bad}

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

    def _comments(self, file: Path, *, as_json: bool) -> dict[str, Any]:
        report = CommentsReport()
        try:
            for report in take(comments.read(file), source=comments.SOURCE):
                if not as_json:
                    shown(self.stdout, report.imported + report.there, report.total)
        except BadFile as error:
            raise CommandError(f"{file}: {error} None of its comments was loaded.") from error
        except (OSError, EOFError) as error:
            raise CommandError(f"{file} can't be read: {error}.") from error
        except KeyboardInterrupt as error:
            text = f"Interrupted. {report.imported} comments are kept. Run it again to go on."
            raise CommandError(text, returncode=130) from error
        if not as_json:
            self._tell(report)
        return figures_of(report)

    def _tell(self, report: CommentsReport) -> None:
        left = sum(report.left.values())
        self.stdout.write(f"{report.imported} comments added, {report.there} were there already, {left} left out.")
        for why, n in report.left.most_common():
            self.stdout.write(f"{n:>7} left out: {why}")
        for post, n in report.unmatched.most_common(SHOWN):
            self.stdout.write(f"{n:>7} of {post}")
        if len(report.unmatched) > SHOWN:
            self.stdout.write(f"        and of {len(report.unmatched) - SHOWN} other posts")


def _kept(report: Report) -> str:
    return f"{report.created + report.updated} articles are kept."
