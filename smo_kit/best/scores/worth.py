"""How good a page is by what people did: the formula, without a database.

- **Roots**: readers' attention, shares that are proved, comments and ratings each enter by the square root of their
  weighted sum. So a quarrel of a thousand comments does not outweigh what all others do. Twice as much of everything
  changes no order among pages of one age: the same weights suit a small site and a large one, as with no logarithm.
- **Nobody is worth more than a few readers**: what a page's script reports without proof (time, share buttons, clicks)
  adds at most ``DEPTH`` times what its readers bring by coming. An address is one reader a day, whatever it does.
- **Ratings count as they stand now**, and no more than readers vouch for: their mean, times the root of their weight,
  which has the same limit. So they fade with their readers, and ratings without any say nothing.
- **Newcomers**: who was there for a part of the period is measured by his pace too, as far as readers vouch for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Final

from smo_kit.best.conf import BestConf
from smo_kit.best.kinds import CLICKED, READ, SECONDS
from smo_kit.best.scores.sums import COMMENTED, PREVIEWED, VERIFIED, VISITED, Act
from smo_kit.core.opinions import NO_OPINION, Opinion
from smo_kit.engagement.kinds import READER, SHARED, VIEWED

DEPTH: Final = 2.0
"""A reader who stays, shares and clicks counts for as many more at the most."""
PACE: Final = 3.0
"""A newcomer whose pace is believed counts for as many more at the most."""
BELIEVED: Final = 20.0
"""Readers that it takes to believe half of a newcomer's pace: one alone says nothing."""
DIGITS: Final = 4
"""Digits of a score that count: what changes less is not written."""


def worth(acts: Mapping[Act, float], conf: BestConf, there: float, opinion: Opinion = NO_OPINION) -> float:
    """Return the score of a page for which people did so much, by the settings' weights; 0.0: nothing speaks for it.

    ``there`` is the part of the period that the page has been there for, up to 1.0; ``opinion`` what is thought of it.
    """
    readers = max(acts.get((VIEWED.id, READER), 0.0), acts.get((SHARED.id, READER), 0.0))
    roots = (
        sqrt(_attention(acts, conf, readers)),
        sqrt(_shares(acts, conf)),
        sqrt(conf.commented * _all(acts, COMMENTED)),
        opinion.mean * sqrt(_vouched(conf.rated * opinion.n, conf, readers)),
    )
    score = sum(roots) * sqrt(_pace(readers, there))
    return float(f"{max(score, 0.0):.{DIGITS}g}")


def _attention(acts: Mapping[Act, float], conf: BestConf, readers: float) -> float:
    """Return what readers bring by coming, and by what they then do, which has its limit."""
    deeds = (
        conf.minute * acts.get((READ.id, SECONDS), 0.0) / 60,
        conf.opened * acts.get((SHARED.id, READER), 0.0),
        conf.clicked * _all(acts, CLICKED.id),
    )
    looks = conf.viewed * acts.get((VIEWED.id, READER), 0.0)
    return looks + _vouched(sum(map(sqrt, deeds)) ** 2, conf, readers)


def _vouched(weight: float, conf: BestConf, readers: float) -> float:
    """Return how much of a weight counts, as far as readers vouch for it: always less than they may add."""
    most = DEPTH * max(conf.viewed, 1) * readers
    return weight * most / (weight + most) if weight and most else 0.0


def _shares(acts: Mapping[Act, float], conf: BestConf) -> float:
    """Return what proved shares bring. One that climbs is counted on each rung, so its weights add up."""
    weights = {PREVIEWED: conf.previewed, VERIFIED: conf.verified, VISITED: conf.visited}
    return sum(weight * acts.get((SHARED.id, rung), 0.0) for rung, weight in weights.items())


def _pace(readers: float, there: float) -> float:
    return 1 + PACE * (1 - there) * readers / (readers + BELIEVED)


def _all(acts: Mapping[Act, float], wanted: str) -> float:
    return sum(n for (kind, _), n in acts.items() if kind == wanted)
