"""In how many texts each term stands: what makes a word rare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from django.db import router
from django.db.models import Sum
from numpy.typing import NDArray

from smo_kit.best.models import Frequency
from smo_kit.best.texts.words import Bag
from smo_kit.core.chunks import in_chunks
from smo_kit.core.transactions import begin_to_write
from smo_kit.engagement import upsert

CHUNK: Final = 300
"""Terms of one statement: with three columns below the 999 parameters of an old SQLite."""
IDENTITY: Final = ("language", "term")


def signed(terms: NDArray[np.uint32]) -> NDArray[np.int32]:
    """Return terms as columns hold them: 32 bits with a sign."""
    return terms.view(np.int32)


def exchange(old: Bag | None, new: Bag | None) -> None:
    """Count a text's old terms out and its new ones in; ``lock`` comes before."""
    texts: Counter[tuple[str, int]] = Counter()
    terms: Counter[tuple[str, int]] = Counter()
    for bag, sign in ((old, -1), (new, 1)):
        if bag is not None:
            texts[bag.language, Frequency.EVERY] += sign
            for term in signed(bag.terms).tolist():
                terms[bag.language, term] += sign
    _add(texts)
    _add({key: n for key, n in terms.items() if n})


def lock(languages: Iterable[str]) -> None:
    """Let nobody else change the index of these languages until the end of the transaction: no two lock each other.

    The lock is the row that counts all texts of a language. It is asked for before it is made: MariaDB locks the gap
    beside it for whoever inserts.
    """
    wanted = set(languages)
    begin_to_write(Frequency)
    rows = Frequency.objects.filter(language__in=wanted, term=Frequency.EVERY).order_by("language")
    there = {row.language for row in rows.select_for_update()}
    _add({(language, Frequency.EVERY): 0 for language in wanted - there})


def _add(numbers: dict[tuple[str, int], int]) -> None:
    using = router.db_for_write(Frequency)
    for keys in in_chunks(sorted(numbers), CHUNK):
        upsert.add(Frequency, IDENTITY, "n", {key: numbers[key] for key in keys}, using)


def frequencies_of(bag: Bag) -> tuple[int, list[int]]:
    """Return how many texts the bag's language has, and in how many each of its terms stands."""
    terms = signed(bag.terms).tolist()
    rows = Frequency.objects.filter(language=bag.language, term__in=[*terms, Frequency.EVERY])
    found: dict[int, int] = dict(rows.values_list("term", "n"))
    return found.get(Frequency.EVERY, 0), [found.get(term, 0) for term in terms]


def texts_counted() -> int:
    """Return how many texts the index has."""
    counted: dict[str, Any] = Frequency.objects.filter(term=Frequency.EVERY).aggregate(n=Sum("n"))
    return counted["n"] or 0
