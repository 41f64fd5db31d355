"""Take comments of another system in: safe to run twice and to interrupt."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from smo_kit.comments.transfer.foreign import BadFile
from smo_kit.comments.transfer.formats import READERS
from smo_kit.comments.transfer.importing import Report, as_json, take
from smo_kit.comments.transfer.matching import Pages
from smo_kit.core.progress import shown

SHOWN = 20
"""Pages that are not here, of those that a person is told."""


class Command(BaseCommand):
    help = "Import comments of another system; what is there already is not added again. Nobody gets a mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=sorted(READERS), help="which system has written it")
        parser.add_argument("file", type=Path, help="the export, packed by gzip or not")
        parser.add_argument(
            "--map",
            action="append",
            type=_moved,
            default=[],
            metavar="OLD=NEW",
            help="what addresses began with, and what they begin with now",
        )
        parser.add_argument("--leftovers", type=Path, metavar="FILE", help="where to keep what is not taken, as 'smo'")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be imported")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        report = Report()
        try:
            with ExitStack() as stack:
                for report in self._take(stack, options):
                    if not options["json"]:
                        shown(self.stderr, report.imported + report.there, report.total)
        except BadFile as error:
            raise CommandError(f"{options['file']}: {error} Nothing was imported.") from error
        except OSError as error:
            raise CommandError(f"{error.filename or options['file']} can't be read or written: {error}") from error
        except KeyboardInterrupt as error:
            self._tell(report, options)
            raise CommandError("Interrupted. Run it again to go on: nothing is added twice.", returncode=130) from error
        self._tell(report, options)
        if not report.is_whole or (report.stored != report.imported + report.there and not options["dry_run"]):
            raise CommandError("The counts don't agree: not every comment of the file is accounted for.")

    def _take(self, stack: ExitStack, options: dict[str, Any]) -> Any:
        left = stack.enter_context(options["leftovers"].open("w", encoding="utf-8")) if options["leftovers"] else None
        return take(
            READERS[options["format"]](options["file"]),
            source=options["format"],
            pages=Pages(options["map"]),
            is_dry=options["dry_run"],
            keep_left=(lambda line: left.write(f"{line}\n")) if left else None,
        )

    def _tell(self, report: Report, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"dry_run": options["dry_run"], **as_json(report)}, ensure_ascii=False))
            return
        verb = "would be imported" if options["dry_run"] else "imported"
        left = sum(report.left.values())
        self.stdout.write(
            f"{report.read} comments read: {report.imported} {verb} on {report.pages} pages, "
            f"{report.there} were there already, {left} left out."
        )
        for why, n in report.left.most_common():
            self.stdout.write(f"{n:>7} left out: {why}")
        for page, n in report.unmatched.most_common(SHOWN):
            self.stdout.write(f"{n:>7} of {page or '(no address)'}")
        if report.new_threads:
            self.stdout.write(f"{report.new_threads:>7} answer what is not in the file, and start threads.")


def _moved(text: str) -> tuple[str, str]:
    old, sign, new = text.partition("=")
    if not (old and sign):
        raise ArgumentTypeError("write it as OLD=NEW, like https://old.example.org/blog/=/articles/")
    return old, new
