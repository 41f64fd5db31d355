"""What is said of ratings: the average, how many there are, what the reader himself has given."""

from __future__ import annotations

from math import sqrt
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smo_kit.ratings.conf import STARS, RatingsConf
from smo_kit.ratings.models import Summary
from smo_kit.ratings.scales import choice_of

EDGE: Final = 2
STAR: Final = 20
"""Where a star begins as it is drawn, and how wide it is."""
HALF: Final = 0.5
BETWEEN: Final = " · "


def said_of(summary: Summary, conf: RatingsConf) -> str:
    """Return the sentence beside the stars; "" where the buttons say it all."""
    if summary.kind != "stars":
        return ""
    if not summary.count:
        return _("No ratings yet")
    mean = mean_of(summary, conf)
    parts = [_("%(mean)s of %(most)s") % {"mean": mean, "most": STARS}] if mean else []
    if conf.counts or not mean:
        parts.append(how_many(summary.count))
    return BETWEEN.join(parts)


def mean_of(summary: Summary, conf: RatingsConf) -> str:
    """Return the average of stars as people read it: "4.6"; "" while there are too few of them."""
    return number_format(round(summary.average, 1), 1) if is_known(summary, conf) else ""


def is_known(summary: Summary, conf: RatingsConf) -> bool:
    """Say whether there are enough stars for an average."""
    return summary.kind == "stars" and summary.count >= conf.minimum


def how_many(n: int) -> str:
    """Return "23 ratings"."""
    return ngettext("%(n)s rating", "%(n)s ratings", n) % {"n": number_format(n, 0)}


def own_words(kind: str, value: str, conf: RatingsConf) -> str:
    """Return what a reader is told of his own rating; "" for none."""
    choice = choice_of(kind, value, conf)
    if choice is None:
        return ""
    if kind == "stars":
        return _("You gave %(stars)s of %(most)s") % {"stars": value, "most": STARS}
    return _("You like it") if kind == "like" else _("You said: %(label)s") % {"label": choice.label}


def filled(summary: Summary, conf: RatingsConf, star: int) -> float:
    """Return how far a star (1 to 5) is filled by the average: from 2, where it begins, to 22."""
    mean = summary.average if is_known(summary, conf) else 0
    return round(EDGE + _across(min(max(mean - star + 1, 0), 1)) * STAR, 1)


def _across(part: float) -> float:
    """Return how much of its width has a part of a star's area: its points have little."""
    return sqrt(part / 2) if part < HALF else 1 - sqrt((1 - part) / 2)
