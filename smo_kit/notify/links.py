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
"""What tokens are for."""
EVERYTHING: Final = "0"
"""Stands in a link that ends all mails, in place of a discussion."""


def confirm_url(
    subscriber: Subscriber, discussion_id: int | None, browser: str, *, frequency: str = "", base: str = ""
) -> str:
    """Return where somebody proves his address, and follows a discussion (None: answers alone) from then on.

    ``browser`` is the mark of the one in which he has asked, ``frequency`` how often he wants mail ("": as before).
    """
    parts = (str(subscriber.pk), mark(subscriber.address), str(discussion_id or EVERYTHING), browser, frequency)
    return action_url("smo_notify:confirm", tokens.sign(CONFIRM, *parts), language=subscriber.language, base=base)


def manage_token(subscriber: Subscriber) -> str:
    """Return what opens the page of one's own notifications without a password."""
    return tokens.sign(MANAGE, str(subscriber.pk), str(subscriber.generation))


def manage_url(subscriber: Subscriber) -> str:
    """Return the full address of that page."""
    return absolute(own_address("smo_notify:manage", manage_token(subscriber)))


def end_url(subscriber: Subscriber, discussion_id: int | None) -> str:
    """Return what ends the mails about a discussion (None: all) by RFC 8058's POST. It outlives all generations."""
    token = tokens.sign(END, str(subscriber.pk), str(discussion_id or EVERYTHING))
    return action_url("smo_notify:end", token, language=subscriber.language)
