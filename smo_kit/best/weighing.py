"""How much each term of a page says about it among all pages: two pages are as alike as their weights' products."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .words import Bag

STRONGEST: Final = 40
"""Terms of a page that are weighed: the rest would change the order of the first five pages little."""
RARITY: Final = 1.0
"""The power of a term's rarity."""


class Vector(NamedTuple):
    """The strongest terms of a page, in rising order, and their weights; the squares of the weights sum up to 1.

    The likeness of two pages is the sum, over the terms that both have, of the product of both weights: 0 to 1.
    """

    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]


def vector_of(bag: Bag, documents: int, frequencies: NDArray[np.integer] | list[int]) -> Vector:
    """Weigh a page.

    ``documents``: pages in the bag's language; ``frequencies``: how many of them have the term, for each of
    ``bag.terms`` in their order. Both may be a little stale, and may or may not count the page itself.
    """
    seen = np.maximum(np.asarray(frequencies, dtype=np.float32), 1)
    rarity = np.log1p(np.maximum(documents, seen) / seen)
    strength = bag.counts * rarity**RARITY
    if len(strength) > STRONGEST:
        chosen = np.sort(np.argsort(-strength, kind="stable")[:STRONGEST])
        terms, strength = bag.terms[chosen], strength[chosen]
    else:
        terms = bag.terms
    length = float(np.sqrt(np.dot(strength, strength))) or 1.0
    return Vector(terms, (strength / length).astype(np.float32))
