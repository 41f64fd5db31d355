"""The strongest terms of each text, as the database holds them: whole numbers, so that every sum of them is exact."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from smo_kit.best.bulk import delete, insert
from smo_kit.best.frequencies import signed
from smo_kit.best.models import Posting
from smo_kit.best.weighing import vector_of
from smo_kit.best.words import Bag

SCALE: Final = 10_000
"""Parts of a weight, and of a similarity."""
NAMED: Final = 12
"""Words of a text that are kept as a person reads them."""

Weighed = list[tuple[int, int]]
"""Terms with their weights in parts of ``SCALE``."""


def weighed(bag: Bag, documents: int, frequencies: list[int] | NDArray[np.integer]) -> Weighed:
    """Return a text's strongest terms: see ``weighing.vector_of``."""
    vector = vector_of(bag, documents, frequencies)
    weights = np.rint(vector.weights * SCALE).astype(int)
    return [one for one in zip(signed(vector.terms).tolist(), weights.tolist(), strict=True) if one[1]]


def strongest_words(bag: Bag, terms: Weighed) -> list[str]:
    """Return the words that say most of what a text is about, the strongest first."""
    by_weight = sorted(terms, key=lambda one: (-one[1], one[0]))
    unsigned = (int(np.int32(term).view(np.uint32)) for term, _ in by_weight)
    words = (bag.words[term] for term in unsigned if term in bag.words)
    return list(dict.fromkeys(words))[:NAMED]


def replace(card: int, terms: Weighed) -> None:
    """Give a card its postings, in place of those it has; what stays the same is not written."""
    there = dict(Posting.objects.filter(card=card).values_list("term", "weight"))
    new = {term: weight for term, weight in terms if there.get(term) != weight}
    kept = {term for term, _ in terms}
    gone = [term for term in there if term not in kept or term in new]
    if gone:
        delete(Posting.objects.filter(card=card, term__in=gone))
    if new:
        insert(Posting, ("card", "term", "weight"), [(card, *one) for one in sorted(new.items())])
