"""What best materials do in the background: they look which texts are due."""

from __future__ import annotations

from typing import Final

from smo_kit.best.index.cards import index
from smo_kit.best.index.frequencies import texts_counted
from smo_kit.best.index.rebuilding import is_rebuilding, run, texts_weighed
from smo_kit.core.tasks import task

AT_ONCE: Final = 20
"""Texts that are read as soon as they change. When more have changed together, ``smo_sync`` reads them."""
SMALL: Final = 500
"""A site with so many texts is weighed anew, in some seconds, as soon as it has grown by a ``GROWN``."""
GROWN: Final = 8
"""All texts are weighed anew once there are an eighth more, or fewer, than when they were weighed.

Of a text that was weighed words are as rare as they were then. Just before, 92 to 98 of 100 pages have the same five
beside them as in an index that is made anew; at a quarter it were 88 to 97.
"""


@task
def index_cards(cards: list[int]) -> None:
    """Read those of some cards that are due; a rebuild under way reads them at its end."""
    if is_rebuilding():
        return
    index(cards)
    if has_grown() and texts_counted() <= SMALL:
        run("weigh")


def has_grown() -> bool:
    """Say whether there are many more, or fewer, texts than when all were weighed: words have become rarer."""
    before, now = texts_weighed(), texts_counted()
    return abs(now - before) * GROWN > before
