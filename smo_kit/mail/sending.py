"""Sends what is due, by as many workers as there are."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError
from django.utils import timezone

from smo_kit.core.events import event, event_logger
from smo_kit.core.kinds import UnknownKind
from smo_kit.mail.conf import mail_settings
from smo_kit.mail.failures import Failure, Fate, failure_of
from smo_kit.mail.kinds import Kind, kind_of
from smo_kit.mail.mailer import Down, Line, message_of, said
from smo_kit.mail.models import Mail, State, Suppression
from smo_kit.mail.outbox import claim, give_back, mark_sent, new_owner, renew, settle
from smo_kit.mail.sources import ask_sources
from smo_kit.mail.suppression import suppress
from smo_kit.mail.writing import Pen, written_late

JITTER: Final = 0.25
"""A pause is longer by up to this share, so that those refused together don't come back together."""
AHEAD: Final = 25
"""So many mails are composed at once: what many have in common is done once, and none is older than a few seconds."""
RENEW_SECONDS: Final = 5.0
"""How often at most a worker looks whether the mails in its hands still are its own."""

logger = event_logger(__name__)


@dataclass(slots=True)
class Tally:
    """What became of the mails of a run."""

    sent: int = 0
    skipped: int = 0
    retried: int = 0
    """Refused for now; they are tried again after a pause."""
    dead: int = 0
    trouble: str = ""
    """Why the run ended early, with mails left; "" if it did not."""

    @property
    def done(self) -> int:
        """How many were dealt with."""
        return self.sent + self.skipped + self.retried + self.dead


def never() -> bool:
    """Say that nobody wants the run to end."""
    return False


def send_what_is_due(
    *,
    limit: int | None = None,
    batch: int | None = None,
    stop: Callable[[], bool] = never,
    told: Callable[[int], None] | None = None,
    ask: bool = True,
) -> Tally:
    """Send the mails that are due, at most ``limit``, ``batch`` over each connection; return what became of them.

    It ends early, and lets others have what it holds, when ``stop`` says so or the server takes no mail at all.
    ``told`` is called with the number of those dealt with after each. ``ask`` False: sources write nothing meanwhile.
    """
    tally = Tally()
    size = batch or mail_settings().batch
    owner = new_owner()
    while not stop() and not tally.trouble:
        number = size if limit is None else min(size, limit - tally.done)
        if number <= 0:
            break
        written = ask_sources(number) if ask else 0
        mails = claim(number, mail_settings().lease_seconds, owner)
        if not (mails or (written and limit is None)):
            break
        _Batch(mails, owner, tally).send(stop, told)
    if tally.trouble:
        logger.error("No mail can be sent: %s.", tally.trouble, extra=event("mail.server_down"))
    return tally


class _Batch:
    """Mails that one worker sends over one connection."""

    def __init__(self, mails: list[Mail], owner: str, tally: Tally) -> None:
        self._left = mails
        self._owner = owner
        self._tally = tally
        self._line = Line()
        self._lease = mail_settings().lease_seconds
        self._renewed = time.monotonic()
        self._pen = Pen()
        self._look()

    def send(self, stop: Callable[[], bool], told: Callable[[int], None] | None) -> None:
        try:
            while self._left and not stop():
                self._keep()
                if self._left:
                    self._one(self._left[0])
                    del self._left[0]
                    if told:
                        told(self._tally.done)
        except Down as error:
            self._tally.trouble = str(error)
        finally:
            self._line.close()
            self._give_back()

    def _give_back(self) -> None:
        try:
            give_back(self._left, self._owner)
        except DatabaseError as error:
            logger.warning(
                "Mails in hand wait for their lease to end: %s", said(error), extra=event("mail.not_given_back")
            )

    def _keep(self) -> None:
        if time.monotonic() - self._renewed >= min(RENEW_SECONDS, self._lease / 3):
            self._left = renew(self._left, self._lease, self._owner)
            self._renewed = time.monotonic()
            self._look()
        if self._left and not self._pen.has(self._left[0]):
            self._pen.prepare(self._left[:AHEAD])

    def _look(self) -> None:
        """Ask what is true of the mails in hand just now, and take nothing for granted that was."""
        self._stopped = _stopped(self._left)
        self._pen.forget()

    def _one(self, mail: Mail) -> None:
        try:
            kind = kind_of(mail.kind)
        except UnknownKind as error:
            self._bury(mail, str(error))
            return
        try:
            unwanted = self._why_unwanted(mail, kind)
        except Exception as error:
            self._failed(mail, kind, Failure(Fate.RETRY, said(error)), error)
            return
        if unwanted:
            self._tally.skipped += settle(mail, self._owner, state=State.SKIPPED, last_error=unwanted)
            return
        try:
            self._line.send(message_of(mail))
        except Down:
            raise
        except Exception as error:
            self._failed(mail, kind, failure_of(error), error)
        else:
            note, written = self._pen.note_of(mail, kind), written_late(mail, kind)
            self._tally.sent += mark_sent(mail, self._owner, note, **written)

    def _why_unwanted(self, mail: Mail, kind: Kind) -> str:
        if (mail.to, mail.kind) in self._stopped:
            return "the address wants no such mail"
        if kind.still_wanted and not kind.still_wanted(mail):
            return "no longer wanted"
        return "" if self._pen.write(mail, kind) else "there is nothing to tell any more"

    def _failed(self, mail: Mail, kind: Kind, failure: Failure, error: Exception) -> None:
        logger.warning(
            "Mail %s was not sent: %s",
            mail.pk,
            failure.said,
            exc_info=_unforeseen(error),
            extra=event("mail.not_sent", mail=mail.pk),
        )
        if failure.fate is Fate.DOWN:
            raise Down(failure.said)
        pauses = mail_settings().retry_minutes
        if failure.fate is Fate.DEAD or mail.tries >= len(pauses):
            self._bury(mail, failure.said)
        else:
            seconds = pauses[mail.tries] * 60 * random.uniform(1, 1 + JITTER)  # noqa: S311  # no secret
            due = timezone.now() + dt.timedelta(seconds=seconds)
            again = {"state": State.WAITING, "due": due, "tries": mail.tries + 1, "last_error": failure.said}
            self._tally.retried += settle(mail, self._owner, **again)
        if failure.bounce and kind.bounce_suppresses:
            suppress(mail.to, reason="bounce")
        if failure.breaks:
            self._line.broke()

    def _bury(self, mail: Mail, said: str) -> None:
        dead = {"state": State.DEAD, "tries": mail.tries + 1, "last_error": said}
        self._tally.dead += settle(mail, self._owner, **dead)


def _stopped(mails: list[Mail]) -> set[tuple[str, str]]:
    """Return which (address, kind) get no mail by now: they may have said so since it was written."""
    return Suppression.objects.stopping((mail.to, mail.kind) for mail in mails if _is_known(mail.kind))


def _is_known(kind: str) -> bool:
    try:
        return bool(kind_of(kind))
    except UnknownKind:
        return False


def _unforeseen(error: Exception) -> Exception | None:
    return None if isinstance(error, OSError | ValueError) else error
