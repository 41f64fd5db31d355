"""A trained model: what several sources of texts have in common, and what each adds.

``shared`` weights were fitted together with weights of each source (Daumé III, "Frustratingly easy domain adaptation",
2007): what only one source believes goes into its own weights, so that what is shared is true elsewhere too. A ``kind``
is the spam or the ham of one source, told from all other texts: spam of a forum is more like its own kind than like its
forum. Kinds say how much a text looks like each source; by so much the source has a say.
"""

from __future__ import annotations

import json
import math
import operator
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from smo_kit.spam.features import VERSION, Features
from smo_kit.spam.solver import probability

DOUBT: Final = 0.6
"""How far kinds are believed: they are surer than they are right."""
KIND: Final = 0.15
"""How much the kinds of a source say of whether a text is spam, beside its weights."""
LEAN: Final = 0.3
"""Log-odds by which a source with spam is nearer to it: spam that is held out is believed too little, not ham."""

GIVEN: Final = 9.2
"""Proof that a text is spam which none has to bring. Where a source's ham is chat, words of ordinary prose are found in
its spam alone: a model trained on it took 8 of 10 sentences of newspapers for spam. So a text has to prove more, the
longer it is and the less of it is known; these weights were fitted on spam that was held out and on news."""
PER_LENGTH: Final = -2.0
"""Proof for each e-fold of words and pairs of words."""
PER_KNOWN: Final = 6.0
"""Proof if all of them are known."""
PER_HAND: Final = 3.0
"""Proof for log-odds by hand."""
PER_SHARED: Final = 0.4
"""Proof for shared log-odds."""
PER_NEAR: Final = 0.4
"""Proof for log-odds of the nearest kind."""
LEFT: Final = 0.1
"""What is left of the weights by hand beside trained ones, which have seen the same evidence."""
NEAR: Final = -2.0
"""Log-odds of the nearest kind at which a text is half familiar."""
STEEP: Final = 1.5
"""How fast the trained weights give way to rules by hand there."""
WANTED: Final = 5.0
"""Log-odds by which an unfamiliar text is farther from spam, if it is like a source without any."""
FAR: Final = 10.0
"""The same of a model with one source, which can't tell."""
DOUBTFUL: Final = 0.5
"""Log-odds of the nearest kind below which a text is like no source."""
INNOCENT: Final = -2.5
"""Shared log-odds up to which an unfamiliar text is let through."""

SUMS: Final = 20_000
"""Words whose sums of weights are kept in memory: a long one takes some kilobytes."""

_MAGIC: Final = b"smo-spam-1"
_LEAST: Final = 1e-9


Effect = Callable[[tuple[int, ...], int], float]
"""What some ids of a block (0 pieces, 1 traits, 2 concepts) add to the log-odds."""


class UnreadableModel(ValueError):
    """The bytes are no trained model that this release can read."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """Log-odds of spam: by the shared weights alone, and with those of the sources that the text looks like."""

    shared: float
    mixed: float
    unfamiliar: float = 0.0
    """How little the text is like any source, 0 to 1: so far rules by hand judge it."""
    alone: float = 0.0
    """What is added to those rules then."""
    proof: float = math.inf
    """What speaks for spam whatever was trained: log-odds that rules by hand add to, and that are not exceeded."""
    is_doubtful: bool = False
    """The text is like none of the sources, and not quite innocent: a person should look."""
    shares: tuple[float, ...] = ()
    """How much each source has a say."""

    def beside(self, by_hand: float) -> float:
        """Return the log-odds of spam beside the rules by hand."""
        familiar = self.mixed + LEFT * by_hand
        believed = (1 - self.unfamiliar) * familiar + self.unfamiliar * (by_hand + self.alone)
        return min(believed, self.proof + PER_HAND * by_hand)


class Trained:
    """Weights of one byte each, in columns: the shared ones, each source's own, each kind's."""

    def __init__(self, head: Mapping[str, Any], ids: array[int], weights: array[int]) -> None:
        self.sources: Sequence[str] = head["sources"]
        self.scales: Sequence[float] = head["scales"]
        self.kinds: Sequence[Sequence[int]] = head["kinds"]
        self._kind_of = {(source, is_spam): place for place, (source, is_spam) in enumerate(self.kinds)}
        self.ham_alone = [int((source, 1) not in self._kind_of) for source in range(len(self.sources))]
        self.bias: Sequence[float] = head["bias"]
        self.steps: Sequence[float] = head["steps"]
        self._ids = ids
        self._weights = weights
        self._width = len(self.steps)
        self.sum_of = lru_cache(maxsize=SUMS)(self._sum_of)

    def __len__(self) -> int:
        return len(self._ids)

    def _sum_of(self, group: tuple[int, ...]) -> tuple[int, ...] | None:
        """Return the columns summed up over some features, in steps, and whether the first of them is known.

        None where none of them is.
        """
        ids, weights, width = self._ids, self._weights, self._width
        found, knows = [], 0
        for one in group:
            place = bisect_left(ids, one)
            if place < len(ids) and ids[place] == one:
                found.append(weights[place * width : (place + 1) * width])
                knows |= one == group[0]
        return (*map(sum, zip(*found, strict=True)), knows) if found else None

    def columns(self, features: Features) -> list[float]:
        """Return the log-odds in each column."""
        return [sum(column) for column in zip(self.bias, *self._blocks(features)[0], strict=True)]

    def _blocks(self, features: Features) -> tuple[list[list[float]], float]:
        """Return what pieces, traits, concepts and style add to each column, and the share of words that are known."""
        blocks, known = [], []
        kept = features.groups, (features.traits,), (features.concepts,), (features.style,)
        for groups, scale in zip(kept, self.scales, strict=True):
            found = [one for one in map(self.sum_of, groups) if one]
            value = scale / math.sqrt(sum(map(len, groups)) or 1)
            *summed, knows = map(sum, zip(*found, strict=True)) if found else [0] * (self._width + 1)
            blocks.append([value * step * one for step, one in zip(self.steps, summed, strict=True)])
            known.append(knows / (len(groups) or 1))
        return blocks, known[0]

    def opinion(self, features: Features) -> Opinion:
        """Return what the model thinks of a text."""
        (blocks, known), many = self._blocks(features), len(self.sources)
        shared, *rest = (sum(column) for column in zip(self.bias, *blocks, strict=True))
        own, kinds = rest[:many], rest[many:]
        shares = self._shares(kinds)
        mixed = _log_odds(
            sum(
                share * probability(shared + self._own(source, own[source], shared, kinds))
                for source, share in enumerate(shares)
            )
        )
        nearest = max(kinds) if many > 1 else FAR
        length = PER_LENGTH * math.log(len(features.groups) + 1)
        return Opinion(
            shared,
            mixed,
            unfamiliar=probability(STEEP * (NEAR - nearest)),
            alone=shared / 2 + 1 - WANTED * sum(map(operator.mul, shares, self.ham_alone)),
            proof=GIVEN + length + PER_KNOWN * known + PER_SHARED * shared + PER_NEAR * nearest,
            is_doubtful=nearest < DOUBTFUL and shared > INNOCENT,
            shares=tuple(shares),
        )

    def _own(self, source: int, own: float, shared: float, kinds: Sequence[float]) -> float:
        """Return what a source adds to the shared log-odds."""
        spam, ham = self._kind_of.get((source, 1)), self._kind_of.get((source, 0))
        if spam is None or ham is None:
            return own
        return own + LEAN + KIND * (kinds[spam] - kinds[ham] - own - shared)

    def _shares(self, kinds: Sequence[float]) -> list[float]:
        """Return how much each source has a say."""
        like = [DOUBT * kind for kind in kinds]
        highest = max(like)
        raised = [math.exp(one - highest) for one in like]
        whole, shares = sum(raised), [0.0] * len(self.sources)
        for one, (source, _) in zip(raised, self.kinds, strict=True):
            shares[source] += one / whole
        return shares

    def effect(self, features: Features, shares: Sequence[float]) -> Effect:
        """Return what says how much some of a text's features weigh in its mixed log-odds, by its opinion's shares."""
        mixed = list(map(operator.mul, (1.0, *shares), self.steps))
        values = [
            [scale / math.sqrt(length or 1) * one for one in mixed]
            for scale, length in zip(self.scales, features.lengths, strict=False)
        ]
        sum_of = self.sum_of

        def weigh(ids: tuple[int, ...], block: int) -> float:
            steps = sum_of(ids)
            return sum(map(operator.mul, values[block], steps)) if steps else 0.0

        return weigh

    def pack(self) -> bytes:
        """Return the model as bytes."""
        head = {
            "version": VERSION,
            "sources": list(self.sources),
            "scales": list(self.scales),
            "kinds": [list(kind) for kind in self.kinds],
            "bias": list(self.bias),
            "steps": list(self.steps),
        }
        said = json.dumps(head).encode()
        body = zlib.compress(self._ids.tobytes() + self._weights.tobytes(), 9)
        return b"".join((_MAGIC, len(said).to_bytes(4, "little"), said, len(self._ids).to_bytes(4, "little"), body))

    @classmethod
    def unpack(cls, data: bytes) -> Trained:
        """Return the model that was packed. Raises UnreadableModel."""
        try:
            start = len(_MAGIC) + 4
            if data[: len(_MAGIC)] != _MAGIC:
                raise UnreadableModel("These bytes are no model of the spam filter.")
            length = int.from_bytes(data[len(_MAGIC) : start], "little")
            head = json.loads(data[start : start + length])
            if head["version"] != VERSION:
                raise UnreadableModel("The model was trained by another release: train it anew with smo_spam_train.")
            many = int.from_bytes(data[start + length : start + length + 4], "little")
            body = zlib.decompress(data[start + length + 4 :])
            ids, weights = array("I"), array("b")
            ids.frombytes(body[: many * ids.itemsize])
            weights.frombytes(body[many * ids.itemsize :])
            return cls(head, ids, weights)
        except (KeyError, IndexError, zlib.error, json.JSONDecodeError) as error:
            raise UnreadableModel("The model is damaged: train it anew with smo_spam_train.") from error


def _log_odds(share: float) -> float:
    return math.log(max(share, _LEAST) / max(1 - share, _LEAST))
