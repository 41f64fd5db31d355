"""What the database holds of a weighed text: its strongest terms find others, its length lets them be judged by all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from smo_kit.best.bulk import delete, insert
from smo_kit.best.index.frequencies import signed
from smo_kit.best.models import SCALE, Posting
from smo_kit.best.texts import weighing
from smo_kit.best.texts.weighing import Vector
from smo_kit.best.texts.words import Bag

NAMED: Final = 12
"""Words of a text that are kept as a person reads them."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text as the index has weighed it."""

    bag: Bag
    strongest: dict[int, int]
    """Terms, as columns hold them, with their weights in parts of ``SCALE``."""
    all: Vector
    rarity: NDArray[np.float32]
    """Of each term of the bag."""

    @property
    def length(self) -> float:
        """What its weights were divided by."""
        return weighing.length_of(self.bag, self.rarity)

    @property
    def words(self) -> list[str]:
        """The words that say most of what the text is about, the strongest first."""
        order = np.argsort(-self.all.weights, kind="stable").tolist()
        terms = self.bag.terms.tolist()
        words = (self.bag.words[terms[place]] for place in order if terms[place] in self.bag.words)
        return list(dict.fromkeys(words))[:NAMED]


def weigh(bag: Bag, documents: int, frequencies: list[int] | NDArray[np.integer]) -> Weighed:
    """Weigh a text: see ``weighing.weighed``."""
    strongest, every = weighing.weighed(bag, documents, frequencies)
    weights = np.rint(strongest.weights * SCALE).astype(int).tolist()
    terms = {term: weight for term, weight in zip(signed(strongest.terms).tolist(), weights, strict=True) if weight}
    return Weighed(bag, terms, every, weighing.rarities(documents, frequencies))


def replace(card: int, terms: dict[int, int]) -> None:
    """Give a card its postings, in place of those it has; what stays the same is not written."""
    there = dict(Posting.objects.filter(card=card).values_list("term", "weight"))
    new = {term: weight for term, weight in terms.items() if there.get(term) != weight}
    if gone := [term for term in there if term not in terms or term in new]:
        delete(Posting.objects.filter(card=card, term__in=gone))
    if new:
        insert(Posting, ("card", "term", "weight"), [(card, *one) for one in sorted(new.items())])
