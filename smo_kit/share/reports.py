"""What came of personal links, in numbers: by page, by network, and by who shared.

A period tells what happened in it: links that went out, links that came to a rung, visitors that came; whichever day
their link was made. Of no period only the totals of the links are asked, so they outlive the single visits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, ExpressionWrapper, F, FloatField, IntegerField, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smo_kit.core.identities import ERASED
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.networks.registry import network
from smo_kit.share.conf import MONTH
from smo_kit.share.models import PersonalLink, Visit
from smo_kit.share.virality import Virality

PERIODS: Final = {"week": (_("Last week"), 7), "month": (_("Last month"), MONTH), "all": (_("All the time"), 0)}
"""Each with its label, and its days; 0: all."""
GROUPS: Final = {
    "page": (_("Page"), ("content_type_id", "object_pk")),
    "network": (_("Network"), ("network",)),
    "both": (_("Page and network"), ("content_type_id", "object_pk", "network")),
}
"""By what links are taken together: a label, and columns."""
COLUMNS: Final = ("opened", "previewed", "verified", "visited", "visitors", "brings")
"""By which a report can be sorted."""

_RUNGS: Final = ("opened", "previewed", "verified")
_NOBODY: Final = {"n_visited": 0, "n_visitors": 0, "squares": 0}

Rows = QuerySet[PersonalLink, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """Some links taken together."""

    key: Key | None
    network: str
    """Its id; "": all."""
    opened: int
    """Links that went out."""
    previewed: int
    verified: int
    visited: int
    """Links that came to each rung."""
    brings: Virality
    """Of the links that went out or brought somebody."""

    @property
    def visitors(self) -> int:
        """How many came."""
        return self.brings.visitors

    @property
    def network_name(self) -> str:
        """What people call the network."""
        return name_of(self.network)


@dataclass(frozen=True, slots=True)
class Spreader:
    """Who brought visitors: a member, else a guest, of whom a mark is known."""

    user_id: Any
    guest: str
    links: int
    """Those that brought somebody."""
    visitors: int


def name_of(network_id: str) -> str:
    """Return what people call a network, whether there still is one or not."""
    found = network(network_id)
    return str(found.name) if found else network_id


def since(period: str) -> dt.datetime | None:
    """Return when a period begins; None: with the first link."""
    days = PERIODS[period][1]
    return timezone.now() - dt.timedelta(days=days) if days else None


def shares(
    by: str, begin: dt.datetime | None, *, sort: str = "visitors", network_id: str = ""
) -> Rows | list[dict[str, Any]]:
    """Return the figures of links taken together, the most first, as ``line_of`` reads them.

    Of all the time that is one query, of a period two: of links, and of visits, which the database counts by link.
    """
    columns = GROUPS[by][1]
    if begin is not None:
        found = _of_period(columns, begin, network_id)
        return sorted(found, key=lambda row: (-row[f"n_{sort}"], *(row[name] for name in columns)))
    rows = _out()
    if network_id:
        rows = rows.filter(network=network_id)
    figures = rows.values(*columns).annotate(
        links=Count("pk"),
        **{f"n_{rung}": Count("pk", filter=_at(rung, None)) for rung in _RUNGS},
        n_visited=Count("pk", filter=Q(visits__gt=0)),
        n_visitors=Sum("visits"),
        squares=Sum(F("visits") * F("visits"), output_field=IntegerField()),
    )
    brings = ExpressionWrapper(F("n_visitors") * 1.0 / F("links"), output_field=FloatField())
    ordered: Rows = figures.annotate(n_brings=brings).order_by(f"-n_{sort}", *columns)
    return ordered


def _of_period(columns: tuple[str, ...], begin: dt.datetime, network_id: str) -> list[dict[str, Any]]:
    links = PersonalLink.objects.filter(_at("opened", begin) | _at("previewed", begin) | _at("verified", begin))
    visits = Visit.objects.filter(at__gte=begin, link__site_id=site_id())
    if network_id:
        links, visits = links.filter(network=network_id), visits.filter(link__network=network_id)
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    counts = {f"n_{rung}": Count("pk", filter=_at(rung, begin)) for rung in _RUNGS}
    for row in links.filter(site_id=site_id()).values(*columns).annotate(**counts).order_by():
        key = tuple(row[name] for name in columns)
        rows[key] = {**row, "links": row["n_opened"], **_NOBODY}
    of_link = visits.values_list("link", "link__opened", *(f"link__{name}" for name in columns))
    for _link, opened, *key, n in of_link.annotate(n=Count("pk")).order_by():
        new = {**dict(zip(columns, key, strict=True)), "links": 0, **{f"n_{rung}": 0 for rung in _RUNGS}, **_NOBODY}
        row = rows.setdefault(tuple(key), new)
        row["links"] += opened is None or opened < begin
        row["n_visited"] += 1
        row["n_visitors"] += n
        row["squares"] += n * n
    return [{**row, "n_brings": row["n_visitors"] / max(row["links"], 1)} for row in rows.values()]


def line_of(row: dict[str, Any]) -> Line:
    """Return what a row of ``shares`` says."""
    is_of_page = "object_pk" in row
    return Line(
        key=Key(row["content_type_id"], row["object_pk"]) if is_of_page else None,
        network=row.get("network", ""),
        opened=row["n_opened"],
        previewed=row["n_previewed"],
        verified=row["n_verified"],
        visited=row["n_visited"],
        brings=Virality(row["links"], row["n_visitors"], int(row["squares"])),
    )


def spreaders(begin: dt.datetime | None, limit: int) -> list[Spreader]:
    """Return who brought most visitors, at most ``limit``: in two queries. Who was erased is left out."""
    members = _most(begin, "user_id", limit, user__isnull=False)
    guests = _most(begin, "sharer", limit, user__isnull=True)
    found = [Spreader(user_id, "", links, visitors) for user_id, links, visitors in members]
    found += [Spreader(None, sharer, links, visitors) for sharer, links, visitors in guests]
    return sorted(found, key=lambda one: -one.visitors)[:limit]


def _most(begin: dt.datetime | None, column: str, limit: int, **whose: bool) -> Iterable[tuple[Any, int, int]]:
    """Return who brought most, with the number of his links that did and of who came: of a period by its visits."""
    rows: Any
    if begin is None:
        rows, link = _out().filter(visits__gt=0), ""
        sums = {"links": Count("pk"), "came": Sum("visits")}
    else:
        rows, link = Visit.objects.filter(at__gte=begin, link__site_id=site_id()), "link__"
        sums = {"links": Count("link", distinct=True), "came": Count("pk")}
    rows = rows.filter(**{f"{link}{name}": value for name, value in whose.items()})
    rows = rows.exclude(**{f"{link}sharer__startswith": ERASED}).values(f"{link}{column}")
    ordered: Iterable[tuple[Any, int, int]] = (
        rows.annotate(**sums).order_by("-came", f"{link}{column}").values_list(f"{link}{column}", *sums)
    )[:limit]
    return ordered


def _out() -> Rows:
    """Return the links that went out."""
    return PersonalLink.objects.filter(site_id=site_id(), opened__isnull=False)


def _at(rung: str, begin: dt.datetime | None) -> Q:
    return Q(**({f"{rung}__isnull": False} if begin is None else {f"{rung}__gte": begin}))
