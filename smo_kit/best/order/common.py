"""What so many pages of a language have in common that it speaks for none of them: an author, a tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db.models import Count

from smo_kit.best.models import Tagged, Text
from smo_kit.core.models import CardRow

HALF: Final = 0.5
"""Of a language's pages: whoever wrote, or what stands on, more of them is no news."""
FEW: Final = 6
"""A language with fewer pages has nothing in common but what stands on all of them."""
KEPT_SECONDS: Final = 600
"""For how long it is believed."""
_KEY: Final = "smo:best:common"

Named = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Common:
    """Pairs of a language and an author, or a tag in small letters."""

    authors: Named = frozenset()
    tags: Named = frozenset()


def common() -> Common:
    """Return what is common on this site; three queries, and for some minutes none."""
    known: Common | None = cache.get(_KEY)
    if known is None:
        known = _asked()
        cache.set(_KEY, known, KEPT_SECONDS)
    return known


def _asked() -> Common:
    many = Counter(dict(Text.objects.order_by().values_list("language").annotate(n=Count("pk"))))
    pages = CardRow.objects.filter(smo_text__isnull=False).exclude(author="").order_by()
    tags = Tagged.objects.order_by()
    return Common(
        authors=_above_half(pages.values_list("language", "author").annotate(n=Count("pk")).order_by("-n")[:20], many),
        tags=_above_half(tags.values_list("card__language", "tag").annotate(n=Count("pk")).order_by("-n")[:100], many),
    )


def _above_half(counted: Iterable[tuple[str, str, int]], many: Counter[str]) -> Named:
    return frozenset((language, name) for language, name, n in counted if _is_common(n, many[language]))


def _is_common(n: int, many: int) -> bool:
    return n >= many or (n > HALF * many and many >= FEW)
