"""The list of locks: searched, filtered, each with its page and its figures in a fixed number of queries."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smo_kit.core.models import CardRow
from smo_kit.core.page_list_admin import WithPages
from smo_kit.lock.desk.figures import Funnel, funnels
from smo_kit.lock.desk.words import FORMS
from smo_kit.lock.models import Lock, Spot

Locks = QuerySet[Lock]


class LockList(WithPages):
    """Each lock knows how often it was shown, tried and opened."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        found = funnels([row.pk for row in self.result_list])
        for row in self.result_list:
            row.figures = found.get(row.pk, Funnel())


def _closed() -> Q:
    now = timezone.now()
    begun = Q(starts=None) | Q(starts__lte=now)
    return Q(is_on=True) & begun & (Q(ends=None) | Q(ends__gt=now))


class OfState(admin.SimpleListFilter):
    """Locks that are closed at present, or open to everybody."""

    title = _("state")
    parameter_name = "state"
    STATES: Final = (("closed", _("Closed")), ("open", _("Open to everybody")))

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return self.STATES

    def queryset(self, request: HttpRequest, queryset: Locks) -> Locks:
        match self.value():
            case "closed":
                return queryset.filter(_closed())
            case "open":
                return queryset.exclude(_closed())
        return queryset


class OfForm(admin.SimpleListFilter):
    """Locks that hide one kind of thing."""

    title = _("what it hides")
    parameter_name = "form"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return list(FORMS.items())

    def queryset(self, request: HttpRequest, queryset: Locks) -> Locks:
        if not self.value():
            return queryset
        return queryset.filter(Exists(Spot.objects.filter(lock=OuterRef("pk"), source=self.value())))


def searched(locks: Locks, term: str) -> Locks:
    """Return the locks whose name, page's title or address has the term."""
    pages = CardRow.objects.filter(content_type=OuterRef("content_type"), object_pk=OuterRef("object_pk"))
    spots = Spot.objects.filter(lock=OuterRef("pk"), path__icontains=term)
    titled = pages.filter(Q(title__icontains=term) | Q(url__icontains=term))
    return locks.filter(Q(name__icontains=term) | Exists(spots) | Exists(titled))
