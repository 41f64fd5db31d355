"""Two teasers of one lock, tried against each other: they take turns, so that a page is the same for everybody."""

from __future__ import annotations

import datetime as dt
from hashlib import blake2b
from typing import Final, Literal

from django.utils import timezone

from smo_kit.core.durations import MINUTE
from smo_kit.lock.conf import LockConf
from smo_kit.lock.terms import Terms

Variant = Literal["", "a", "b"]
"""Which teaser; "": there is but one."""

ORDERS: Final[tuple[tuple[Variant, Variant], ...]] = (("a", "b"), ("b", "a"))


def variant_of(terms: Terms, now: dt.datetime | None = None) -> Variant:
    """Return whose turn it is.

    Each has its slice of time in every two; which of them goes first is drawn anew each time and for each lock, so
    that none has the even hours and no lock beats with another.
    """
    if not is_tried(terms.conf):
        return ""
    slice_ = int((now or timezone.now()).timestamp()) // (terms.conf.trial_minutes * MINUTE)
    pair, half = divmod(slice_, 2)
    drawn = blake2b(f"{terms.lock_id}:{pair}".encode(), digest_size=1).digest()[0] % 2
    return ORDERS[drawn][half]


def shown_variant(terms: Terms, said: str) -> Variant:
    """Return which teaser a page showed that says so: it may lie in a cache while the turns change."""
    now = variant_of(terms)
    if not now:
        return ""
    return "a" if said == "a" else "b" if said == "b" else now


def words_of(terms: Terms, variant: str) -> tuple[str, str]:
    """Return heading and text of a teaser; what the second does not say is as in the first."""
    conf = terms.conf
    if variant != "b":
        return conf.title, conf.text
    return conf.title_b or conf.title, conf.text_b or conf.text


def is_tried(conf: LockConf) -> bool:
    """Say whether there is a second teaser."""
    return bool(conf.title_b or conf.text_b)
