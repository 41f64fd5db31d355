"""Links to a file: signed, short-lived, for the browser or the account of one reader, and good for a few downloads."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from smo_kit.core import tokens
from smo_kit.core.answers import reader_of
from smo_kit.core.durations import DAY
from smo_kit.core.identities import identities
from smo_kit.core.limits import daily_mark, first_time, has_happened, known_address, part_within, within
from smo_kit.core.marks import marks
from smo_kit.core.own_urls import own_address
from smo_kit.core.settings import site_id
from smo_kit.lock.models import Download, Lock
from smo_kit.lock.terms import terms_with

PURPOSE: Final = "smo_kit.lock.file"
MARK: Final = 24
"""Letters of a reader's mark that stand in his links: nobody can find another reader's."""
GIVEN: Final = "file-got"
ASKS: Final = 40
"""Requests by one link for each download that it is good for: one that breaks off again and again asks for its rest."""
RESTS: Final = 4
"""How many whole files the rests that a link asks for may make together: what is more is new downloads."""


@dataclass(frozen=True, slots=True)
class Link:
    """Who may fetch what, and where it was offered."""

    download_id: int
    lock_id: int
    language: str
    """Of the page on which it was offered."""
    who: str
    """A mark of the reader; "": he has none, and the link works as long as the file is open to everybody."""
    number: str
    """Tells this link from all others."""


def address_of(request: HttpRequest, download: Download, lock_id: int, language: str) -> str:
    """Return the address of a new link for who asks; "" and a fault when the site has left out our URLs."""
    who = next(iter(_marks_of(request)), "")
    parts = (str(download.pk), str(lock_id), language, who, secrets.token_hex(8))
    return own_address("smo_lock:file", tokens.sign(PURPOSE, *parts), download.name)


def read(token: str) -> Link:
    """Return what a link says, however old it is. Raises tokens.Forged."""
    try:
        download_id, lock_id, language, who, number = tokens.read(PURPOSE, token)
        return Link(int(download_id), int(lock_id), language, who, number)
    except ValueError:  # Forged is one
        raise tokens.Forged from None


def must_be_fresh(token: str, download: Download) -> None:
    """Raise tokens.Expired for a link that is older than its file allows."""
    tokens.read(PURPOSE, token, max_age=download.expires_minutes * 60)


def is_of(link: Link, request: HttpRequest) -> bool:
    """Say whether a link was given to who asks."""
    return not link.who or link.who in _marks_of(request)


def is_of_open_lock(link: Link) -> bool:
    """Say whether the lock of a link is open to everybody now: a link that is nobody's is good for no longer."""
    lock = Lock.objects.filter(pk=link.lock_id, site_id=site_id()).first()
    return lock is not None and not terms_with(lock, {}).is_closed()


def asks_within(link: Link, download: Download) -> bool:
    """Count one more request by a link, of whatever kind, and say whether it may still ask."""
    return within("file-asks", link.number, limit=download.per_link * ASKS, seconds=DAY)


def begins(link: Link, file_size: int, rest: int) -> bool:
    """Say whether a link begins a download with what it asks for, and does not go on with one: it asks for the first
    byte (``rest`` is 0), or has given nothing yet, or has asked for so many ``rest`` bytes that these are whole files.
    """
    if not rest or not has_happened(GIVEN, link.number):
        return True
    return part_within("file-rests", link.number, rest, limit=RESTS * file_size, seconds=DAY) < rest


def is_first_use(link: Link) -> bool:
    """Note that a link has given something, and say whether it is for the first time."""
    return first_time(GIVEN, link.number, seconds=2 * DAY)


def starts_within(link: Link, download: Download) -> bool:
    """Count one more download by a link, and say whether it is good for so many."""
    return within("file-link", link.number, limit=download.per_link, seconds=DAY)


def person_within(link: Link, download: Download, request: HttpRequest) -> bool:
    """Count one more download of a file by a reader (of who has no mark, by his address), and say the same of him."""
    person = link.who or (daily_mark(request) if known_address(request) else "")
    return not person or within(f"file-{download.pk}", person, limit=download.per_day, seconds=DAY)


def _marks_of(request: HttpRequest) -> list[str]:
    """Return the marks of who asks, the present one first; they are of no use but here."""
    reader = reader_of(request)
    own = identities(reader, PURPOSE) if reader else []
    return [one[:MARK] for identity in own for one in marks(PURPOSE, identity)]
