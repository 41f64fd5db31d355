"""What a site has learned itself, from its moderators' last decisions: a thin layer above what was trained before.

A new site's words, and how likely spam is there, differ from those of every training set. So the layer is fitted anew
from the decisions (hundreds, not thousands) with the trained model's opinion as one more feature; its border is moved
until, by cross-validation, hardly any ham of the decisions would have been blocked.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from random import Random
from statistics import fmean, pstdev
from typing import Final

from smo_kit.spam.features import BITS, Features
from smo_kit.spam.solver import Row, blocks_of, descend, dot, norm_of
from smo_kit.spam.trained import SUMS, Effect

SCALES: Final = (2.5, 1.0, 1.0)
"""Lengths of the blocks of features here."""
BASE: Final = 0.15
"""How much of the trained model's log-odds goes in: the more, the less the weights are bound."""
HAND: Final = 0.3
"""The same of the rules by hand."""
COST: Final = 100.0
FOLDS: Final = 5
FEWEST: Final = 8
"""Decisions of each kind from which on a border can be found."""
SAFE: Final = 2.4
"""Standard deviations of ham's scores that are kept below the border: about 2 in 100 are above."""
ABOVE: Final = 0.02
"""Share of ham that is above the border at the most: where scores have a long tail, deviations say too little."""
UNSURE: Final = 4.0
"""So many ham decisions double the distance: of a few one can't tell how far the next goes."""
LEAST_SHIFT: Final = -1.5
"""The border moves towards ham by so much at the most."""
POWER: Final = 3
"""How steeply the better of the site's own layer and the trained model wins."""
VISITS: Final = 8000
"""Rows that are visited in all, so that many decisions don't take much longer than few."""

_BIAS: Final = 1 << BITS
_TRAINED: Final = _BIAS + 1
_HAND: Final = _BIAS + 2


class _Zero(dict[int, float]):
    """Weights that are 0 until they are learned."""

    def __missing__(self, key: int) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """A decision: the features of a text, what the trained model thought of it, and what the moderator said."""

    features: Features
    trained: float
    """Log-odds by the weights that all sources share; 0 where no model was trained."""
    by_hand: float
    """Log-odds by the rules that weigh by hand."""
    cold: float
    """Log-odds that the text would have without this layer."""
    is_spam: bool


@dataclass(frozen=True)
class Home:
    """The fitted layer."""

    weights: _Zero = field(default_factory=_Zero)
    shift: float = 0.0
    """By how much the border is moved towards spam."""
    share: float = 1.0
    """How much it has to say beside the trained model, 0 to 1."""
    told: int = 0

    def log_odds(self, features: Features, trained: float, by_hand: float) -> float:
        """Return the log-odds of spam by what was learned here."""
        weights = self.weights
        sums = [sum(map(self.sum_of, ids)) for ids in (features.groups, (features.traits,), (features.concepts,))]
        own: float = sum(map(operator.mul, _values(features), sums)) + weights[_BIAS]
        return own + BASE * trained * weights[_TRAINED] + HAND * by_hand * weights[_HAND] - self.shift

    @cached_property
    def sum_of(self) -> Callable[[tuple[int, ...]], float]:
        """What gives the sum of the weights of a word's pieces, worked out once for a word."""
        weight_of = self.weights.__getitem__  # not self: a layer that has been replaced is freed at once
        return lru_cache(maxsize=SUMS)(lambda ids: sum(map(weight_of, ids)))

    def effect(self, features: Features) -> Effect:
        """Return what says how much some of a text's features weigh."""
        values, sum_of = _values(features), self.sum_of
        return lambda ids, block: values[block] * sum_of(ids)


def fit_home(told: Sequence[Told]) -> Home | None:
    """Fit the layer; None where there are no decisions of both kinds."""
    if len({one.is_spam for one in told}) < 2:
        return None
    weights = _fit(told)
    fewest = min(sum(one.is_spam for one in told), sum(not one.is_spam for one in told))
    if fewest < FEWEST:
        return Home(weights, 0.0, fewest / (2 * FEWEST), len(told))
    scores = cross_validated(told)
    shift = _shift([score for score, one in zip(scores, told, strict=True) if not one.is_spam])
    own = _loss((score - shift for score in scores), told)
    return Home(weights, shift, _share(own, _loss((one.cold for one in told), told)), len(told))


def _shift(ham: Sequence[float]) -> float:
    """Return where the border must be for ham."""
    safe = fmean(ham) + SAFE * (1 + UNSURE / len(ham)) * pstdev(ham)
    return max(safe, sorted(ham)[-1 - max(1, round(ABOVE * len(ham)))], LEAST_SHIFT)


def _share(own: float, cold: float) -> float:
    """Return how much is left to the layer, by the losses of both: the model may know this very source already."""
    return cold**POWER / (cold**POWER + own**POWER)


def _loss(scores: Iterable[float], told: Sequence[Told]) -> float:
    """Return the mean logistic loss."""
    return (
        fmean(
            math.log1p(math.exp(max(-30.0, min(30.0, -score if one.is_spam else score))))
            for score, one in zip(scores, told, strict=True)
        )
        + 1e-6
    )


def cross_validated(told: Sequence[Told]) -> list[float]:
    """Return the log-odds of each decision by a layer that was not told of it."""
    scores = [0.0] * len(told)
    fold_of = _folds(told)
    for fold in range(FOLDS):
        weights = _fit([one for one, its in zip(told, fold_of, strict=True) if its != fold])
        for place, one in enumerate(told):
            if fold_of[place] == fold:
                scores[place] = dot(weights, _blocks(one.features, one.trained, one.by_hand))
    return scores


def _folds(told: Iterable[Told]) -> list[int]:
    """Deal each kind out evenly."""
    dealt = {True: 0, False: 0}
    folds = []
    for one in told:
        folds.append(dealt[one.is_spam] % FOLDS)
        dealt[one.is_spam] += 1
    return folds


def _fit(told: Sequence[Told]) -> _Zero:
    weights = _Zero()
    spam = sum(one.is_spam for one in told)
    counts = {True: max(spam, 1), False: max(len(told) - spam, 1)}
    rows = []
    for one in told:
        blocks = _blocks(one.features, one.trained, one.by_hand)
        cost = COST * len(told) / (2 * counts[one.is_spam])
        rows.append(Row(blocks, 1 if one.is_spam else -1, cost, norm_of(blocks)))
    random = Random(len(told))  # noqa: S311  # the order of rows
    for _epoch in range(max(6, min(40, VISITS // (len(told) * (FOLDS + 1))))):
        for _done in descend(rows, [(weights,)] * len(rows), random):
            pass
    return weights


def _values(features: Features) -> list[float]:
    """Return what each feature of a block counts."""
    return [scale / math.sqrt(length or 1) for scale, length in zip(SCALES, features.lengths, strict=True)]


def _blocks(features: Features, trained: float, by_hand: float) -> tuple[tuple[Sequence[int], float], ...]:
    return (*blocks_of(features.blocks, SCALES, _BIAS), ((_TRAINED,), BASE * trained), ((_HAND,), HAND * by_hand))
