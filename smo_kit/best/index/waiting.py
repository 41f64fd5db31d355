"""Texts that wait: ``smo_sync`` reads those that the tasks of single saves have not read."""

from __future__ import annotations

import time
from typing import Final

from smo_kit.best.index.cards import index
from smo_kit.best.index.rebuilding import is_rebuilding, run, texts_weighed, was_interrupted
from smo_kit.best.index.tasks import AT_ONCE, has_grown
from smo_kit.best.models import Text

SECONDS: Final = 300
"""How long a sweep reads texts one by one; the next goes on."""
MANY: Final = 200
"""From so many waiting texts on, if they are a quarter of all, the whole index is made anew: that is quicker."""


def read_waiting() -> int:
    """Read texts that are due, weigh all anew if the site has grown much, and go on with an interrupted rebuild.

    Returns how many were read.
    """
    due = Text.objects.waiting().count()
    if is_rebuilding():
        return 0
    if was_interrupted() or (due >= MANY and due * 4 >= texts_weighed()):
        run()
        return due - Text.objects.waiting().count()
    done = _read_one_by_one()
    if has_grown():
        run("weigh")
    return done


def _read_one_by_one() -> int:
    until = time.monotonic() + SECONDS
    done = 0
    while time.monotonic() < until:
        cards = list(Text.objects.waiting().values_list("pk", flat=True)[:AT_ONCE])
        if not cards:
            break
        done += index(cards)
    return done
