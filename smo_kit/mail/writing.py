"""How a letter is written into a row of the outbox: when it is posted, or just before it goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from smo_kit.core.events import event, event_logger
from smo_kit.core.kinds import UnknownKind
from smo_kit.mail.headers import headers_of
from smo_kit.mail.kinds import Kind, kind_of
from smo_kit.mail.letters import Letter
from smo_kit.mail.links import unsubscribe_url
from smo_kit.mail.mailer import goes_out
from smo_kit.mail.models import Mail

logger = event_logger(__name__)

WRITTEN = ("kind", "to", "reply_to", "subject", "text", "html", "language", "reason")
READ_HERE = ("subject", "text", "html", "headers")
"""What is kept of a composed mail where mails don't leave the machine: a developer reads them in the outbox."""


def written_late(mail: Mail, kind: Kind) -> dict[str, Any]:
    """Return what the outbox is to keep of a mail that was composed when it went out, or to forget of a secret one.

    Of mails to thousands it keeps the subject alone: all of them would be as many copies of one text.
    """
    if kind.compose is None:
        return {"text": "", "html": ""} if kind.is_secret and goes_out() else {}
    return {name: getattr(mail, name) for name in (("subject",) if goes_out() else READ_HERE)}


def columns_of(letter: Letter) -> dict[str, Any]:
    """Return what a row of the outbox has of a letter, headers included."""
    if not letter.unsubscribe:
        letter = replace(letter, unsubscribe=unsubscribe_url(letter.to, letter.kind, language=letter.language))
    return {**{name: getattr(letter, name) for name in WRITTEN}, "headers": headers_of(letter)}


class Pen:
    """Writes the mails of those kinds that compose them when they go out: many at once, else one by one."""

    def __init__(self) -> None:
        self._letters: dict[int, Letter | None] = {}
        self._prepared: set[int] = set()

    def prepare(self, mails: Sequence[Mail]) -> None:
        """Compose mails that are about to go out."""
        self._prepared.update(mail.pk for mail in mails)
        for kind_id, group in groupby(sorted(mails, key=lambda mail: mail.kind), key=lambda mail: mail.kind):
            some = list(group)
            try:
                self._letters |= _composed(some, kind_of(kind_id))
            except UnknownKind:
                continue
            except Exception:
                logger.warning(
                    "%d mails of %s can't be composed at once.",
                    len(some),
                    kind_id,
                    exc_info=True,
                    extra=event("mail.not_composed"),
                )

    def has(self, mail: Mail) -> bool:
        """Say whether a mail is prepared."""
        return mail.pk in self._prepared

    def forget(self) -> None:
        """Compose what did not go out anew: much may have happened."""
        self._letters.clear()
        self._prepared.clear()

    def write(self, mail: Mail, kind: Kind) -> bool:
        """Give a mail its text, if it has none yet; return False when there is nothing to say any more.

        Raises whatever composing it raises.
        """
        if kind.compose is None:
            return True
        if mail.pk not in self._letters:
            self._letters |= _composed([mail], kind)
        letter = self._letters[mail.pk]
        if letter is not None:
            for name, value in columns_of(letter).items():
                setattr(mail, name, value)
        return letter is not None

    def note_of(self, mail: Mail, kind: Kind) -> Callable[[], None] | None:
        """Return what tells the app that a mail which it composed went out; None: it does not ask."""
        letter, note = self._letters.get(mail.pk), kind.note_sent
        return partial(note, letter) if letter and note else None


def _composed(mails: Sequence[Mail], kind: Kind) -> dict[int, Letter | None]:
    if kind.compose is None:
        return {}
    found: Mapping[int, Letter] = kind.compose(mails)
    return {mail.pk: found.get(mail.pk) for mail in mails}
