"""How much each term of a page says about it among all pages: two pages are as alike as their weights' products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smo_kit.best.texts.words import Bag

STRONGEST: Final = 48
"""Terms that find a page: with 40 topics of news are met 1 point less often, 64 gain another 1 to 2."""
RARITY: Final = 0.4
"""The power of a term's rarity: 1 lets names and slips outweigh the subject; 0.3 to 0.5 do alike."""
WIDESPREAD: Final = 0.05
"""The share of the pages from which on a term finds too many of them to be worth the time; it still judges."""
WIDE: Final = 1000
"""As many pages are never too many."""


class Vector(NamedTuple):
    """Terms of a page, in rising order, and their weights, whose squares sum up to 1.

    The likeness of two pages is the sum, over the terms that both have, of the product of both weights: 0 to 1.
    """

    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]


class Weighed(NamedTuple):
    """A page by its strongest terms, which find those that may be like it, and by all, which judge these."""

    strongest: Vector
    all: Vector


def weighed(bag: Bag, documents: int, frequencies: Sequence[int] | NDArray[np.integer]) -> Weighed:
    """Weigh a page.

    ``documents``: pages in the bag's language; ``frequencies``: how many of them have the term, for each of
    ``bag.terms`` in their order. Both count the page itself; both may be a little stale.
    """
    seen = np.maximum(np.asarray(frequencies, dtype=np.float32), 1)
    weights = bag.counts * rarities(documents, frequencies)
    every = Vector(bag.terms, _unit(weights))
    if len(weights) <= STRONGEST:
        return Weighed(every, every)
    # A term that hardly any other page has finds nothing, however much it weighs; one that too many have, too much.
    finding = weights * np.sqrt(np.log1p(seen))
    finding[seen > max(WIDE, documents * WIDESPREAD)] = 0
    chosen = np.sort(np.argsort(-finding, kind="stable")[:STRONGEST])
    return Weighed(Vector(bag.terms[chosen], _unit(weights[chosen])), every)


def rarities(documents: int, frequencies: Sequence[int] | NDArray[np.integer]) -> NDArray[np.float32]:
    """Return how much each term says for being rare: a page's count times that is its weight, before it is a unit."""
    seen = np.maximum(np.asarray(frequencies, dtype=np.float32), 1)
    rarity: NDArray[np.float32] = np.log1p(np.maximum(documents, seen) / seen) ** np.float32(RARITY)
    return rarity


def length_of(bag: Bag, rarity: NDArray[np.float32]) -> float:
    """Return what a page's weights are divided by to be a unit."""
    weights = bag.counts * rarity
    return float(np.sqrt(np.dot(weights, weights)))


def likenesses(vector: Vector, others: Sequence[Vector]) -> list[float]:
    """Return how alike the page is to each of the others, 0 to 1."""
    if not others or not len(vector.terms):
        return [0.0] * len(others)
    terms = np.concatenate([other.terms for other in others])
    weights = np.concatenate([other.weights for other in others])
    owners = np.repeat(np.arange(len(others)), [len(other.terms) for other in others])
    places = np.minimum(np.searchsorted(vector.terms, terms), len(vector.terms) - 1)
    shared = np.flatnonzero(vector.terms[places] == terms)
    products = vector.weights[places[shared]] * weights[shared]
    scores = np.bincount(owners[shared], products, minlength=len(others))
    return [float(score) for score in np.minimum(scores, 1.0)]


def _unit(weights: NDArray[np.floating]) -> NDArray[np.float32]:
    length = float(np.sqrt(np.dot(weights, weights)))
    return (weights / length if length else weights).astype(np.float32)
