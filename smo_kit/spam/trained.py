"""A trained model: what several sources of texts have in common, and what each adds.

``shared`` weights were fitted together with weights of each source (Daumé III, "Frustratingly easy domain adaptation",
2007): what only one source believes goes into its own weights, so that what is shared is true elsewhere too. A ``gate``
says how much a text looks like each source; by so much the source's own weights have a say.
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
"""How far gates are believed: they are surer than they are right."""

SENTENCE: Final = 16
"""Words and pairs of words of a whole sentence: about 8 words."""
PROSE: Final = 40
"""The same of about 20 words. Where a source's ham is short chat, words of ordinary prose are found in its spam alone:
a model trained on it took 8 of 10 sentences of newspapers for spam. Traits and concepts know better."""
BELIEVED: Final = 0.7
"""What counts of the pieces of a sentence whose traits and concepts speak for ham."""
SIGN: Final = 0.5
"""Log-odds by traits and concepts from which on prose shows a sign of advertising."""
AT_MOST: Final = -0.1
"""Log-odds of prose that shows none: a person may look at it, but it is not blocked."""
PROOF: Final = 3.0
"""The same from which on it may be put away."""
UNPROVEN: Final = 2.5
"""Log-odds of prose with few signs: it waits for a person."""
LEFT: Final = 0.1
"""What is left of the weights by hand beside trained ones, which have seen the same evidence."""
NEAR: Final = 2.0
"""Log-odds of a gate at which a text is half familiar; those of a source's own texts are 3 to 8, of others about 1."""
STEEP: Final = 1.5
"""How fast the trained weights give way to rules by hand there."""
WANTED: Final = 5.0
"""Log-odds by which an unfamiliar text is farther from spam, if it is like a source without any."""
FAR: Final = 10.0
"""The gate of a model with one source, which can't tell."""
DOUBTFUL: Final = 1.0
"""Log-odds of a gate below which a text is like no source."""
INNOCENT: Final = -2.5
"""Shared log-odds up to which an unfamiliar text is let through."""

_MAGIC: Final = b"smo-spam-1"


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
    is_doubtful: bool = False
    """The text is like none of the sources, and not quite innocent: a person should look."""

    def beside(self, by_hand: float) -> float:
        """Return the log-odds of spam beside the rules by hand."""
        familiar = self.mixed + LEFT * by_hand
        return (1 - self.unfamiliar) * familiar + self.unfamiliar * (by_hand + self.alone)


class Trained:
    """Weights of one byte each, in columns: the shared ones, each source's own, each source's gate."""

    def __init__(self, head: Mapping[str, Any], ids: array[int], weights: array[int]) -> None:
        self.sources: Sequence[str] = head["sources"]
        self.scales: Sequence[float] = head["scales"]
        self.ham_alone: Sequence[int] = head["ham_alone"]
        self.bias: Sequence[float] = head["bias"]
        self.steps: Sequence[float] = head["steps"]
        self._ids = ids
        self._weights = weights
        self._width = len(self.steps)
        self.sum_of = lru_cache(maxsize=100_000)(self._sum_of)

    def __len__(self) -> int:
        return len(self._ids)

    def _sum_of(self, group: tuple[int, ...]) -> tuple[int, ...] | None:
        """Return the columns summed up over some features, in steps; None where none of them is known."""
        ids, weights, width = self._ids, self._weights, self._width
        found = []
        for one in group:
            place = bisect_left(ids, one)
            if place < len(ids) and ids[place] == one:
                found.append(weights[place * width : (place + 1) * width])
        return tuple(map(sum, zip(*found, strict=True))) if found else None

    def columns(self, features: Features) -> list[float]:
        """Return the log-odds in each column."""
        return [sum(column) for column in zip(self.bias, *self._blocks(features), strict=True)]

    def _blocks(self, features: Features) -> list[list[float]]:
        """Return what pieces, traits and concepts add to each column."""
        blocks = []
        for groups, scale in zip((features.groups, (features.traits,), (features.concepts,)), self.scales, strict=True):
            found = [one for one in map(self.sum_of, groups) if one]
            value = scale / math.sqrt(sum(map(len, groups)) or 1)
            summed = map(sum, zip(*found, strict=True)) if found else [0] * self._width
            blocks.append([value * step * one for step, one in zip(self.steps, summed, strict=True)])
        return blocks

    def opinion(self, features: Features) -> Opinion:
        """Return what the model thinks of a text."""
        blocks, many = self._blocks(features), len(self.sources)
        shared, *rest = (sum(column) for column in zip(self.bias, *blocks, strict=True))
        gates = rest[many:]
        shares = _shares(gates)
        mixing = (1.0, *shares)
        pieces, traits, concepts = (sum(map(operator.mul, mixing, block)) for block in blocks)
        prejudice = _prejudice(len(features.groups), pieces, traits + concepts)
        mixed = sum(map(operator.mul, mixing, self.bias)) + pieces + traits + concepts - prejudice
        nearest = max(gates) if many > 1 else FAR
        return Opinion(
            shared,
            min(mixed, _ceiling(len(features.groups), traits + concepts)),
            unfamiliar=probability(STEEP * (NEAR - nearest)),
            alone=shared / 2 + 1 - WANTED * sum(map(operator.mul, shares, self.ham_alone)),
            is_doubtful=nearest < DOUBTFUL and shared > INNOCENT,
        )

    def effect(self, features: Features) -> Effect:
        """Return what says how much some of a text's features weigh in its mixed log-odds."""
        many = len(self.sources)
        mixed = [1.0, *_shares(self.columns(features)[1 + many :])]
        lengths = [sum(map(len, features.groups)), len(features.traits), len(features.concepts)]

        def weigh(ids: tuple[int, ...], block: int) -> float:
            steps = self.sum_of(ids)
            if not steps or not lengths[block]:
                return 0.0
            summed: float = sum(share * step * one for share, step, one in zip(mixed, self.steps, steps, strict=False))
            return self.scales[block] / math.sqrt(lengths[block]) * summed

        return weigh

    def pack(self) -> bytes:
        """Return the model as bytes."""
        head = {
            "version": VERSION,
            "sources": list(self.sources),
            "scales": list(self.scales),
            "ham_alone": list(self.ham_alone),
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


def _prejudice(groups: int, pieces: float, signs: float) -> float:
    """Return what is taken off the pieces of a text that is no chat, and shows no sign of advertising."""
    return (1 - BELIEVED) * pieces if pieces > 0 and signs < 0 and groups >= SENTENCE else 0.0


def _ceiling(groups: int, signs: float) -> float:
    """Return the most that is said of a text: of prose without signs that it is not spam, with few that it may be."""
    if groups < PROSE or signs >= PROOF:
        return math.inf
    return UNPROVEN if signs >= SIGN else AT_MOST


def _shares(gates: Sequence[float]) -> list[float]:
    """Return how much each source has a say."""
    highest = max(gates)
    raised = [math.exp(DOUBT * (gate - highest)) for gate in gates]
    whole = sum(raised)
    return [one / whole for one in raised]
