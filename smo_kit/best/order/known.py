"""What was read of pages that stand beside others. Whoever puts a whole site in order keeps it, for each is a neighbour
of some dozens: it is as old as that work then, and what changes meanwhile is put in order again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from smo_kit.best.order.candidates import Page, pages_of
from smo_kit.best.order.likeness import Vectors
from smo_kit.core.chunks import in_chunks
from smo_kit.core.models import CardRow

READ: Final = 5_000
"""Pages that are read together."""


class Known:
    """Pages and their weighed terms, each read once: some 2 kB a page."""

    def __init__(self) -> None:
        self._pages: dict[int, Page] = {}
        self.vectors = Vectors()

    def pages(self, cards: Iterable[int]) -> list[Page]:
        """Return those pages of the cards that are there: one query for some thousands that were not known yet."""
        wanted = set(cards)
        for some in in_chunks(wanted.difference(self._pages), READ):
            self._pages |= {page.pk: page for page in pages_of(CardRow.objects.filter(pk__in=some))}
        return [self._pages[card] for card in wanted if card in self._pages]
