"""Send what waits in the outbox: by cron, or as a worker of its own. Several at once do no harm."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from smo_kit.core.events import event, event_logger
from smo_kit.core.progress import shown
from smo_kit.mail.models import Mail
from smo_kit.mail.sending import Tally, send_what_is_due

logger = event_logger(__name__)


class Command(BaseCommand):
    help = (
        "Send the mails that are due. SIGTERM and Ctrl+C end it after the mail in hand; others wait for the next run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the figures as JSON, a line for each run")
        parser.add_argument("--limit", type=_positive, help="send at most so many mails")
        parser.add_argument("--batch", type=_positive, help="how many go over one connection; default: the setting")
        parser.add_argument("--every", type=_positive, metavar="SECONDS", help="go on, and look again after a pause")

    def handle(self, *args: Any, **options: Any) -> None:
        with _ending() as stop:
            tally = self._try(options, stop)
            while options["every"] and not stop.wait(options["every"]):
                close_old_connections()
                tally = self._try(options, stop)
        if tally.trouble and not options["every"]:
            raise CommandError(f"No mail can be sent: {tally.trouble}. The mails wait; correct it and run this again.")

    def _try(self, options: dict[str, Any], stop: Event) -> Tally:
        """Do a run; a worker that goes on outlives a database that restarts."""
        try:
            return self._run(options, stop)
        except DatabaseError as error:
            if not options["every"]:
                raise
            logger.exception("The database does not answer; the next run goes on.", extra=event("mail.database_away"))
            return Tally(trouble=str(error))

    def _run(self, options: dict[str, Any], stop: Event) -> Tally:
        total = Mail.objects.waiting(timezone.now()).ours().count()
        if options["limit"]:
            total = min(total, options["limit"])

        def told(done: int) -> None:
            if not options["json"]:
                shown(self.stderr, done, total)

        tally = send_what_is_due(limit=options["limit"], batch=options["batch"], stop=stop.is_set, told=told)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(tally)))
        elif tally.done or not options["every"]:
            again = f"{tally.retried} to be tried again"
            self.stdout.write(f"{tally.sent} mails sent, {again}, {tally.dead} given up, {tally.skipped} skipped.")
        return tally


@contextmanager
def _ending() -> Iterator[Event]:
    """Let SIGTERM and SIGINT set an event; who listened for them before hears them too."""
    stop = Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, frame: Any) -> None:
        stop.set()
        old = before[signal.Signals(number)]
        if callable(old) and old is not signal.default_int_handler:
            old(number, frame)

    for number in before:
        signal.signal(number, end)
    try:
        yield stop
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value
