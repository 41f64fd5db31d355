"""Why the learned filter thinks so: the words and traits of a text that weighed most."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language

from smo_kit.core.sayings import Saying, said
from smo_kit.core.sayings import gettext as _
from smo_kit.spam.concepts import concepts_of
from smo_kit.spam.features import concept_traits, id_of, pieces_of_word, traits_of
from smo_kit.spam.reading import read
from smo_kit.spam.trained import Effect
from smo_kit.spam.traits import label_of

MOST: Final = 6
_LEAST: Final = 0.05
_WEIGHED: Final = "%(label)s %(weight)+.1f"


def telling(text: str, weigh: Effect) -> list[tuple[str, float]]:
    """Return the words and traits that weighed most, with what each adds to the log-odds; above 0 speaks for spam."""
    seen, language = read(text), get_language()
    sums: dict[str, float] = defaultdict(float)
    for word in dict.fromkeys(seen.words):
        sums[word] += weigh(pieces_of_word(word), 0)
    for trait in traits_of(seen):
        sums[_called(trait, language)] += weigh((id_of(trait),), 1)
    speakers = _speakers(seen.words)
    for trait in concept_traits(seen.words):
        words = {word for concept in trait[1:].split("+") for word in speakers.get(concept, ())}
        for word in words:
            sums[word] += weigh((id_of(trait),), 2) / len(words)
    found = [(label, weight) for label, weight in sums.items() if abs(weight) >= _LEAST]
    return sorted(found, key=lambda one: -abs(one[1]))[:MOST]


@lru_cache(maxsize=1024)
def _called(trait: str, language: str | None) -> str:
    """Return what a trait is called in a language, the active one: a saying that is made once."""
    return said(label_of(trait))


def _speakers(words: tuple[str, ...]) -> dict[str, set[str]]:
    speakers: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for concept in concepts_of(word):
            speakers[concept].add(word)
    return speakers


def explanation(text: str, weigh: Effect) -> str:
    """Return a sentence for a moderator; ``weigh`` is the effect of the filter on this text."""
    found = telling(text, weigh)
    if not found:
        return _("No word or trait of it says much by itself.")
    return _("What was learned: %(words)s.") % {"words": [_weighed(*one) for one in found]}


def _weighed(label: str, weight: float) -> str:
    """Return a word as it stands, or a trait as each reader's language calls it, with what it adds."""
    if isinstance(label, Saying):
        return Saying(_WEIGHED, values={"label": label, "weight": round(weight, 1)})
    return f"{label} {weight:+.1f}"
