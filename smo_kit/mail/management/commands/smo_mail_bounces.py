"""Read what came back: from a pipe, from files, from a mailbox that takes the site's Return-Path."""

from __future__ import annotations

import json
import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from smo_kit.mail.bounces import Outcome, take
from smo_kit.mail.maildirs import FLAGGED, SEEN, Maildir, NoMaildir
from smo_kit.mail.plain_reports import reports_of
from smo_kit.mail.reports import LIMIT, NotUnderstood, Report

TRY_LATER: Final = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and pipes it again."""
NO_FAILURE: Final = "no failure"
NOT_UNDERSTOOD: Final = "not understood"
COUNTS: Final = (*(one.value for one in Outcome), NO_FAILURE, NOT_UNDERSTOOD)
_PIECE: Final = 64 * 1024


class Command(BaseCommand):
    help = (
        "Read bounces (RFC 3464) and complaints (RFC 5965), and write no more to addresses that do not exist or do not "
        "want it. A report counts only if it names a mail that this site sent to that very address."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", help="a mail; - or nothing: standard input")
        parser.add_argument("--maildir", type=Path, metavar="DIR", help="a Maildir; what is read is moved to cur")
        parser.add_argument("--mbox", type=Path, metavar="FILE", help="a file of many mails, which stays as it is")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--dry-run", action="store_true", help="change nothing, and say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        self._is_dry = options["dry_run"]
        self._is_told = not options["json"] and options["verbosity"] > 0
        self._counts: Counter[str] = Counter()
        try:
            self._read_all(options)
        except (OSError, NoMaildir) as error:
            raise CommandError(f"{error}. What was read before is done.") from error
        except DatabaseError as error:
            raise CommandError(f"The database can't be written: {error}. Try again.", returncode=TRY_LATER) from error
        figures = {name: self._counts[name] for name in COUNTS}
        if options["json"]:
            self.stdout.write(json.dumps({name.replace(" ", "_"): number for name, number in figures.items()}))
        elif self._is_told:
            self.stdout.write(", ".join(f"{number} {name}" for name, number in figures.items()) + ".")

    def _read_all(self, options: dict[str, Any]) -> None:
        for raw in _mails(options):
            self._one(raw)
        if options["mbox"]:
            for raw in _in_mbox(options["mbox"]):
                self._one(raw)
        if options["maildir"]:
            self._read_maildir(Maildir(options["maildir"]))

    def _read_maildir(self, box: Maildir) -> None:
        for path in box.unseen():
            try:
                with path.open("rb") as opened:
                    raw = opened.read(LIMIT)
            except FileNotFoundError:  # another run was faster
                continue
            is_done = self._one(raw)
            if not self._is_dry:
                box.move(path, SEEN if is_done else FLAGGED)

    def _one(self, raw: bytes) -> bool:
        """Take one mail in; return whether a person need not look at it."""
        try:
            reports = reports_of(raw)
        except NotUnderstood as error:
            self._count(NOT_UNDERSTOOD, f"A mail is not understood: {error}.")
            return False
        if not reports:
            self._count(NO_FAILURE)
        outcomes = [self._take(report) for report in reports]
        return Outcome.UNKNOWN not in outcomes

    def _take(self, report: Report) -> Outcome:
        outcome = take(report, is_dry=self._is_dry)
        whom = ", ".join(report.addresses)
        names = report.message_id or "none"
        unknown = f"Nothing went from here to {whom} by the Message-ID that is named: {names}."
        told = f"{whom}: {outcome.value}, {report.trouble.value}: {report.said}"
        self._count(outcome.value, unknown if outcome is Outcome.UNKNOWN else told)
        return outcome

    def _count(self, name: str, text: str = "") -> None:
        self._counts[name] += 1
        if text and self._is_told:
            self.stdout.write(text)


def _mails(options: dict[str, Any]) -> Iterator[bytes]:
    files = options["files"] or ([] if options["mbox"] or options["maildir"] else ["-"])
    for name in files:
        if name == "-":
            yield _beginning(sys.stdin.buffer)
        else:
            with Path(name).open("rb") as opened:
                yield opened.read(LIMIT)


def _beginning(pipe: BinaryIO) -> bytes:
    """Return the beginning of what is piped, and read the rest away: a mail server minds a pipe that breaks."""
    read = pipe.read(LIMIT)
    while pipe.read(_PIECE):
        pass
    return read


def _in_mbox(path: Path) -> Iterator[bytes]:
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            with box.get_file(key) as opened:
                yield opened.read(LIMIT)
    finally:
        box.close()
