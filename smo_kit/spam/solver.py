"""Logistic regression in plain Python: dual coordinate descent (Yu, Huang and Lin, Machine Learning 85, 2011).

No step size has to be tuned, and each row that is visited leaves its own optimum behind.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, Protocol

NEWTON: Final = 12
_NEAR: Final = 1e-6
_CLOSE: Final = 1e-3
_FAR: Final = 30.0


class Weights(Protocol):
    """Numbers by id: a list, or a dict that knows 0 for the others."""

    def __getitem__(self, key: int, /) -> float: ...

    def __setitem__(self, key: int, value: float, /) -> None: ...


@dataclass(slots=True)
class Row:
    """A row of training: ids with their common value, block by block. The bias is a block of one."""

    blocks: tuple[tuple[Sequence[int], float], ...]
    sign: int
    """1: spam, -1: ham."""
    cost: float
    """How much an error on it costs (C)."""
    norm: float
    alpha: float = field(default=0.0)


def blocks_of(
    blocks: Iterable[Sequence[int]], scales: Iterable[float], bias: int
) -> tuple[tuple[Sequence[int], float], ...]:
    """Return the blocks of a text with their values, and the bias."""
    valued = [(ids, scale / math.sqrt(len(ids))) for ids, scale in zip(blocks, scales, strict=True) if ids]
    return (*valued, ((bias,), 1.0))


def norm_of(blocks: Iterable[tuple[Sequence[int], float]]) -> float:
    """Return the square of a row's length."""
    return sum(value * value * sum(times * times for times in Counter(ids).values()) for ids, value in blocks)


def dot(weights: Weights, blocks: Iterable[tuple[Sequence[int], float]]) -> float:
    """Return the log-odds that weights give a row."""
    return sum(value * sum(map(weights.__getitem__, ids)) for ids, value in blocks)


def descend(rows: MutableSequence[Row], weights: Sequence[Sequence[Weights]], random: Random) -> Iterator[int]:
    """Go once through the rows in a random order; yields how many are done.

    ``weights`` has, for each row, the weights that are added up for it (those of all sources, and those of its own).
    """
    order = list(range(len(rows)))
    random.shuffle(order)
    for done, place in enumerate(order, 1):
        row, own = rows[place], weights[place]
        margin = row.sign * sum(dot(one, row.blocks) for one in own)
        alpha = best_alpha(margin, row.norm * len(own), row.cost, row.alpha)
        change = row.sign * (alpha - row.alpha)
        row.alpha = alpha
        if abs(change) > _NEAR:
            for one in own:
                _add(one, row.blocks, change)
        yield done


def best_alpha(margin: float, norm: float, cost: float, alpha: float) -> float:
    """Return the row's best dual variable, between 0 and ``cost``.

    Its log-odds are the zero of a growing function, between two known points: Newton, halving where that leaps.
    """
    low, high = -margin - norm * (cost - alpha), norm * alpha - margin
    logit = min(max(math.log(alpha / (cost - alpha)), low), high) if 0 < alpha < cost else (low + high) / 2
    share = probability(logit)
    for _ in range(NEWTON):
        value = logit + margin + norm * (cost * share - alpha)
        if value > 0:
            high = logit
        else:
            low = logit
        step = value / (1 + norm * cost * share * (1 - share))
        logit = logit - step if low < logit - step < high else (low + high) / 2
        share = probability(logit)
        if abs(step) < _CLOSE:
            break
    return cost * share


def probability(log_odds: float) -> float:
    """Return the probability for log-odds."""
    return 1 / (1 + math.exp(-max(-_FAR, min(_FAR, log_odds))))


def _add(weights: Weights, blocks: Iterable[tuple[Sequence[int], float]], change: float) -> None:
    for ids, value in blocks:
        step = change * value
        for one in ids:
            weights[one] += step
