"""By what the list of personal links is filtered, and how it is searched."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.core.converters import id_in
from smo_kit.core.models import CardRow
from smo_kit.core.snapshots import pages_of
from smo_kit.core.subjects import Key
from smo_kit.networks.registry import networks_that_can
from smo_kit.share.models import FormerToken, PersonalLink
from smo_kit.share.rungs import BY_NAME, Rung
from smo_kit.share.tokens import TOKEN

OF: Final = "of"
"""Names in the address of the list the page that its links are of."""

Rows = QuerySet[PersonalLink]


def value_of(key: Key) -> str:
    """Return how an address names a page."""
    return f"{key.content_type_id}-{key.object_pk}"


def key_in(text: str) -> Key | None:
    """Return which page an address names; None: none."""
    type_id, _dash, pk = text.partition("-")
    fits = id_in(type_id) and 0 < len(pk) <= 64 and "\0" not in pk
    return Key(id_in(type_id), pk) if fits else None


def search(rows: Rows, term: str) -> Rows:
    """Return the links whose page has a term in its title, and the one whose token, or whole address, it is."""
    same = {name: OuterRef(name) for name in ("content_type", "object_pk")}
    titled = Exists(CardRow.objects.filter(**same, title__icontains=term))
    token = term.rstrip("/").rpartition("/")[2]
    if not TOKEN.fullmatch(token):
        return rows.filter(titled)
    joined = Exists(FormerToken.objects.filter(link=OuterRef("pk"), token=token))
    return rows.filter(Q(titled) | Q(joined) | Q(token=token))


class OfPage(admin.SimpleListFilter):
    """Links of one page: there is a way to them from the reports."""

    title = gettext_lazy("page")
    parameter_name = OF

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        key = key_in(request.GET.get(OF, ""))
        if key is None:
            return []
        page = pages_of({key}).get(key)
        return [(value_of(key), str(page) if page else _("a page that is not there any more"))]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        key = key_in(self.value() or "")
        return queryset.filter(**key.fields) if key else queryset


class OfNetwork(admin.SimpleListFilter):
    """Links for one network, by its name."""

    title = gettext_lazy("network")
    parameter_name = "network"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(one.id, one.name) for one in networks_that_can("share")]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        return queryset.filter(network=self.value()) if self.value() else queryset


class OfRung(admin.SimpleListFilter):
    """Links that have come to a rung and to none above it."""

    title = gettext_lazy("rung")
    parameter_name = "rung"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(rung.facet, rung.label) for rung in Rung]

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        rung = BY_NAME.get(self.value() or "")
        if rung is None:
            return queryset
        above = {f"{one.facet}__isnull": True for one in Rung if one > rung}
        return queryset.filter(**above, **{f"{rung.facet}__isnull": False})


class LastShared(admin.DateFieldListFilter):
    """Links by when their sharer last went out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = gettext_lazy("last shared")
