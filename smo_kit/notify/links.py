"""Addresses in mails: they carry no address of a person, each serves one purpose, and nobody can make them."""

from __future__ import annotations

from typing import Final

from smo_kit.core import tokens
from smo_kit.core.addresses import absolute
from smo_kit.core.own_urls import own_address
from smo_kit.mail.addresses import mark
from smo_kit.mail.links import action_url
from smo_kit.notify.models import Subscriber

CONFIRM: Final = "notify.confirm"
MANAGE: Final = "notify.manage"
END: Final = "notify.end"
UNDO: Final = "notify.undo"
DONE: Final = "notify.done"
"""What tokens are for."""
UNDO_SECONDS: Final = 3600
"""So long a page says what was done, and takes it back by a button."""
EVERYTHING: Final = "0"
NOTHING: Final = ""
"""Stand in place of a discussion: in a link that is about all mails, and in one that proves an address alone."""


def confirm_url(subscriber: Subscriber, discussion_id: int | None, *, frequency: str = "", base: str = "") -> str:
    """Return where somebody proves his address, and follows a discussion (None: answers alone) from then on.

    ``frequency`` is how often he wants mail ("": as before).
    """
    return _confirm_url(subscriber, str(discussion_id or EVERYTHING), frequency, base)


def proof_url(subscriber: Subscriber) -> str:
    """Return where somebody proves his address, and follows no more than before."""
    return _confirm_url(subscriber, NOTHING)


def manage_token(subscriber: Subscriber) -> str:
    """Return what opens the page of one's own notifications without a password."""
    return tokens.sign(MANAGE, str(subscriber.pk), str(subscriber.generation))


def manage_url(subscriber: Subscriber) -> str:
    """Return the full address of that page."""
    return absolute(own_address("smo_notify:manage", manage_token(subscriber)))


def done_token(subscriber: Subscriber, done: str, *, was: str = "", d: str = "") -> str:
    """Return what lets a subscriber's page say what he has done, and nobody else: how often mail came before (``was``),
    which discussion it was about (``d``)."""
    return tokens.sign(DONE, str(subscriber.pk), done, was, d)


def end_url(subscriber: Subscriber, discussion_id: int | None) -> str:
    """Return what ends the mails about a discussion (None: all) by RFC 8058's POST.

    It outlives all generations, and its subscriber's row: it ends the mails of whoever has the address then.
    """
    token = tokens.sign(END, str(subscriber.pk), subscriber.mark, str(discussion_id or EVERYTHING))
    return action_url("smo_notify:end", token, language=subscriber.language)


def undo_token(subscriber: Subscriber, about: str, before: str) -> str:
    """Return what takes back that somebody has ended mails: all (EVERYTHING) or a discussion's, which he had before."""
    return tokens.sign(UNDO, str(subscriber.pk), about, before)


def _confirm_url(subscriber: Subscriber, about: str, frequency: str = "", base: str = "") -> str:
    token = tokens.sign(CONFIRM, str(subscriber.pk), mark(subscriber.address), about, frequency)
    return action_url("smo_notify:confirm", token, language=subscriber.language, base=base)
