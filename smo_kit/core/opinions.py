"""What people think of subjects now: an app that lets them say it, such as ratings, tells whoever wants to know.

What was taken back or deleted is no opinion any more: counts of what was done can't say that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple

from smo_kit.core.subjects import Key


class Opinion(NamedTuple):
    """So many opinions, and their mean: from -1 (bad) to 1 (good), 0 being neither."""

    n: int = 0
    mean: float = 0.0


NO_OPINION: Final = Opinion()

Opinions = Callable[[Collection[Key]], Mapping[Key, Opinion]]

_apps: Final[dict[str, Opinions]] = {}


def register_opinions(app: str, opinions: Opinions) -> None:
    """Have an app asked: for keys without a language (some hundred) it returns the opinions that there are."""
    _apps[app] = opinions


def opinions_of(keys: Collection[Key]) -> dict[Key, Opinion]:
    """Return what people think of these subjects (some hundred, keys without a language) on this site.

    Those of which nobody thinks anything are left out. Where no app lets people say it, that is all of them.
    """
    together: dict[Key, Opinion] = {}
    for opinions in _apps.values():
        for key, opinion in opinions(keys).items():
            together[key] = merged([together.get(key, NO_OPINION), opinion])
    return together


def merged(opinions: Collection[Opinion]) -> Opinion:
    """Return several opinions of one subject as one."""
    n = sum(one.n for one in opinions)
    return Opinion(n, sum(one.n * one.mean for one in opinions) / n) if n else NO_OPINION
