"""Training a model from labelled texts of several sources, without a library."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from smo_kit.spam.features import BITS, SCALES, Features, features_of
from smo_kit.spam.solver import Row, Weights, blocks_of, descend, norm_of
from smo_kit.spam.trained import Trained

COST: Final = 10.0
EPOCHS: Final = 6
GATE_EPOCHS: Final = 3
FEWEST: Final = 2
"""Texts that a feature must be in: what was seen once says nothing of others."""
EVEN: Final = 2000
"""Rows of a source of middling size; a source weighs as the root of its size, so that the largest does not drown the
others."""
HAM_ALONE: Final = 2.0
"""How much more a row counts of a source that has no spam: what is known to be wanted must not be blocked."""

CARE: Final = 5.0
"""Log-odds by which what looks like such a source is farther from spam."""

_BIAS: Final = 1 << BITS


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and whether it is spam."""

    text: str
    is_spam: bool


Sources = Mapping[str, Sequence[Labelled]]


class Training:
    """A training under way: ``steps`` of them, done by going through ``run()``; then ``trained`` is there."""

    trained: Trained

    def __init__(self, sources: Sources) -> None:
        self.sources = {name: rows for name, rows in sources.items() if rows}
        self.rows = sum(map(len, self.sources.values()))
        gates = GATE_EPOCHS * len(self.sources) if len(self.sources) > 1 else 0
        self.steps = self.rows * (1 + EPOCHS + gates)

    def run(self) -> Iterator[int]:
        """Train; yields how many steps are done."""
        done = 0
        read: list[tuple[str, Features, bool]] = []
        for name, texts in self.sources.items():
            for one in texts:
                read.append((name, features_of(one.text), one.is_spam))
                yield (done := done + 1)
        rows = self._rows(read)
        names = [name for name, _, _ in read]
        shared, own = _zeros(), {name: _zeros() for name in self.sources}
        for step in _fit(rows, [(shared, own[name]) for name in names], EPOCHS):
            yield done + step
        done += len(rows) * EPOCHS
        gates = {name: _zeros() for name in self.sources}
        for name in self.sources if len(self.sources) > 1 else ():
            for step in _fit(self._gate_rows(rows, names, name), [(gates[name],)] * len(rows), GATE_EPOCHS):
                yield done + step
            done += len(rows) * GATE_EPOCHS
        for name, texts in self.sources.items():
            if not _has_spam(texts):
                own[name][_BIAS] -= CARE
        head: dict[str, Any] = {
            "sources": list(self.sources),
            "scales": list(SCALES),
            "ham_alone": [int(not _has_spam(texts)) for texts in self.sources.values()],
        }
        self.trained = _packed(head, [shared, *own.values(), *gates.values()], _ids_of(rows))

    def _rows(self, read: Sequence[tuple[str, Features, bool]]) -> list[Row]:
        common = _common(features for _, features, _ in read)
        costs = {name: COST * (EVEN / len(texts)) ** 0.5 for name, texts in self.sources.items()}
        for name, texts in self.sources.items():
            if not _has_spam(texts):
                costs[name] *= HAM_ALONE
        rows = []
        for name, features, is_spam in read:
            blocks = tuple(
                ([one for one in ids if one in common], value)
                for ids, value in blocks_of(features.blocks, SCALES, _BIAS)
            )
            rows.append(Row(blocks, 1 if is_spam else -1, costs[name], norm_of(blocks)))
        return rows

    def _gate_rows(self, rows: Sequence[Row], names: Sequence[str], own: str) -> list[Row]:
        others = len(self.sources) - 1
        half = COST * EVEN * 0.75
        gated = []
        for row, name in zip(rows, names, strict=True):
            cost = half / len(self.sources[name]) / (1 if name == own else others)
            gated.append(Row(row.blocks, 1 if name == own else -1, cost, row.norm))
        return gated


def _has_spam(texts: Iterable[Labelled]) -> bool:
    return any(one.is_spam for one in texts)


def _zeros() -> list[float]:
    return [0.0] * (_BIAS + 1)


def _common(read: Iterable[Features]) -> set[int]:
    """Return the features that are in several texts, and the bias."""
    counts: Counter[int] = Counter()
    for features in read:
        for ids in features.blocks:
            counts.update(set(ids))
    return {_BIAS, *(one for one, times in counts.items() if times >= FEWEST)}


def _fit(rows: list[Row], weights: Sequence[Sequence[Weights]], epochs: int) -> Iterator[int]:
    random = Random(len(rows))  # noqa: S311  # the order of rows
    for epoch in range(epochs):
        for step in descend(rows, weights, random):
            yield epoch * len(rows) + step


def _ids_of(rows: Sequence[Row]) -> list[int]:
    return sorted({one for row in rows for ids, _ in row.blocks for one in ids} - {_BIAS})


def _packed(head: dict[str, Any], columns: Sequence[Sequence[float]], ids: Sequence[int]) -> Trained:
    """Round weights to 255 steps of each column; what rounds to 0 everywhere is dropped."""
    steps = [max((abs(column[one]) for one in ids), default=0.0) / 127 or 1.0 for column in columns]
    kept, weights = array("I"), array("b")
    for one in ids:
        rounded = [round(column[one] / step) for column, step in zip(columns, steps, strict=True)]
        if any(rounded):
            kept.append(one)
            weights.extend(rounded)
    bias = [column[_BIAS] for column in columns]
    return Trained({**head, "bias": bias, "steps": steps}, kept, weights)
