"""Training a model from labelled texts of several sources, without a library."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from smo_kit.spam.features import BITS, SCALES, STYLE, Features, features_of
from smo_kit.spam.solver import Row, Weights, blocks_of, descend, norm_of
from smo_kit.spam.trained import Trained

COST: Final = 10.0
EPOCHS: Final = 6
KIND_EPOCHS: Final = 3
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
_Read = tuple[str, Features, bool]


class Training:
    """A training under way: ``steps`` of them, done by going through ``run()``; then ``trained`` is there."""

    trained: Trained

    def __init__(self, sources: Sources) -> None:
        self.sources = {name: rows for name, rows in sources.items() if rows}
        self.rows = sum(map(len, self.sources.values()))
        self.kinds = [
            (name, is_spam)
            for name, rows in self.sources.items()
            for is_spam in (True, False)
            if any(row.is_spam == is_spam for row in rows)
        ]
        self.steps = self.rows * (1 + EPOCHS + KIND_EPOCHS * len(self.kinds))

    def run(self) -> Iterator[int]:
        """Train; yields how many steps are done."""
        done = 0
        read: list[_Read] = []
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
        columns, styled = [], self._styled(rows, read)
        for kind in self.kinds:
            columns.append(_zeros())
            for step in _fit(_against(styled, read, kind), [(columns[-1],)] * len(rows), KIND_EPOCHS):
                yield done + step
            done += len(rows) * KIND_EPOCHS
        for name, texts in self.sources.items():
            if not _has_spam(texts):
                own[name][_BIAS] -= CARE
        head: dict[str, Any] = {
            "sources": list(self.sources),
            "scales": [*SCALES, STYLE],
            "kinds": [[list(self.sources).index(name), int(is_spam)] for name, is_spam in self.kinds],
        }
        self.trained = _packed(head, [shared, *own.values(), *columns], _ids_of(styled))

    def _rows(self, read: Sequence[_Read]) -> list[Row]:
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

    def _styled(self, rows: Sequence[Row], read: Sequence[_Read]) -> list[Row]:
        """Return rows for kinds: with habits of writing, which are no reason to take a text for spam."""
        counts = Counter((name, is_spam) for name, _, is_spam in read)
        styled = []
        for row, (name, features, is_spam) in zip(rows, read, strict=True):
            blocks = (*row.blocks, *blocks_of((features.style,), (STYLE,), _BIAS)[:-1])
            styled.append(Row(blocks, 1, COST * (EVEN / counts[name, is_spam]) ** 0.5, norm_of(blocks)))
        return styled


def _against(rows: Iterable[Row], read: Iterable[_Read], kind: tuple[str, bool]) -> list[Row]:
    """Return rows that tell a kind from all other texts."""
    return [
        Row(row.blocks, 1 if (name, is_spam) == kind else -1, row.cost, row.norm)
        for row, (name, _, is_spam) in zip(rows, read, strict=True)
    ]


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
