"""The list of pages from which an editor comes to the desk of one: searched, filtered, and how each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smo_kit.best.conf import best_settings
from smo_kit.best.desk.address_field import forms_of
from smo_kit.best.models import Choice, Curation, Neighbour, Text
from smo_kit.core.inside import is_inside
from smo_kit.core.long_lists import FirstPaginator
from smo_kit.core.models import CardRow
from smo_kit.core.querysets import about
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

PER_PAGE: Final = 50

Rows = QuerySet[CardRow]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an editor looks for."""

    term: str = ""
    language: str = ""
    state: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any], languages: tuple[str, ...]) -> Asked:
        """Return what an address asks for; what it can't mean is left out."""
        language, state = data.get("language", ""), data.get("state", "")
        return cls(
            term=data.get("q", "").replace("\x00", "").strip()[:500],
            language=language if language in languages else "",
            state=state if state in STATES else "",
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list."""

    row: CardRow
    neighbours: int
    by_hand: int
    """Pages that an editor has pinned or hidden beside it."""
    only: bool
    state: str


def _waiting(rows: Rows) -> Rows:
    return rows.filter(smo_text__due__isnull=False)


def _nothing(rows: Rows) -> Rows:
    offered = Neighbour.objects.filter(card=OuterRef("pk"), place__isnull=False)
    return rows.filter(~Exists(offered), smo_text__isnull=False)


def _by_hand(rows: Rows) -> Rows:
    same = {name: OuterRef(name) for name in ("content_type", "object_pk")}
    decided = Curation.objects.filter(
        Q(only=True) | Exists(Choice.objects.filter(curation=OuterRef("pk"))), site_id=site_id(), **same
    )
    return rows.filter(Exists(decided))


STATES: Final[dict[str, tuple[Promise | str, Callable[[Rows], Rows]]]] = {
    "hand": (_("Chosen by hand"), _by_hand),
    "nothing": (_("Nothing is offered"), _nothing),
    "waiting": (_("Waiting"), _waiting),
    "out": (_("Not in the index"), lambda rows: rows.filter(smo_text__isnull=True)),
}
"""Which pages a filter leaves."""


def listed(asked: Asked, number: str, home: str) -> tuple[Page[CardRow], list[Listed]]:
    """Return a page of the list, the newest first, in a fixed number of queries. ``home``: how addresses begin here."""
    rows: Rows = CardRow.objects.select_related("smo_text").defer("smo_text__bag", "summary")
    if asked.term:
        rows = rows.filter(_search(asked.term, home))
    if asked.language:
        rows = rows.filter(language=asked.language)
    if asked.state:
        rows = STATES[asked.state][1](rows)
    page = FirstPaginator(rows.order_by("-published", "-pk"), PER_PAGE).get_page(number)
    found = list(page.object_list)
    neighbours = _neighbours(found)
    decided = _decided(found)
    return page, [_listed(row, neighbours[row.pk], *decided.get(row.key.speaking(""), (0, False))) for row in found]


def _search(term: str, home: str) -> Q:
    if is_inside(term, home):
        return Q(url__in=forms_of(term, home))
    return Q(title__icontains=term) | Q(url__icontains=term)


def _listed(row: CardRow, neighbours: int, by_hand: int, only: bool) -> Listed:
    return Listed(row, neighbours, by_hand, only, _state(row))


def _state(row: CardRow) -> str:
    text: Text | None = getattr(row, "smo_text", None)
    if text is None:
        return "left-out" if row.kind in best_settings().leave_out else "out"
    if not text.offered:
        return "nowhere"
    return "waiting" if text.due else ""


def _neighbours(rows: list[CardRow]) -> Counter[int]:
    beside = Neighbour.objects.filter(card__in=[row.pk for row in rows], place__isnull=False)
    return Counter(dict(beside.values_list("card").annotate(n=Count("pk")).order_by()))


def _decided(rows: list[CardRow]) -> dict[Key, tuple[int, bool]]:
    found = Curation.objects.filter(about(row.key for row in rows), site_id=site_id()).annotate(n=Count("choices"))
    return {one.key: (one.n, one.only) for one in found}
