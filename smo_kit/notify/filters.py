"""What the list of subscribers can be narrowed to."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.mail.addresses import marks
from smo_kit.mail.models import Suppression
from smo_kit.notify.kinds import NEWS
from smo_kit.notify.models import Subscriber

MOST: Final = 5000
"""Suppressed addresses that the list shows where they are looked for one by one."""
ANY: Final = "anybody@example.org"
YES: Final = "yes"
NO: Final = "no"


class _YesOrNo(admin.SimpleListFilter):
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(YES, _("Yes")), (NO, _("No"))]


class ProvedFilter(_YesOrNo):
    """Who has shown that the address is his."""

    title = gettext_lazy("address proved")
    parameter_name = "proved"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> QuerySet[Subscriber]:
        return queryset.filter(confirmed_at__isnull=self.value() == NO) if self.value() else queryset


class PausedFilter(_YesOrNo):
    """Who gets no mail for now."""

    title = gettext_lazy("paused")
    parameter_name = "paused"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> QuerySet[Subscriber]:
        paused = {"paused_until__gt": timezone.now()}
        if self.value() == YES:
            return queryset.filter(**paused)
        return queryset.exclude(**paused) if self.value() else queryset


class SuppressedFilter(admin.SimpleListFilter):
    """Whose address gets no mail, because mails came back or it was said so."""

    title = gettext_lazy("suppressed address")
    parameter_name = "suppressed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(YES, _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> QuerySet[Subscriber]:
        return queryset.filter(_is_suppressed()) if self.value() == YES else queryset


def _is_suppressed() -> Q:
    """Return the condition on a subscriber: his mark, which an index finds, is one of those that get no news.

    Marks are made with the site's key. Where it has had another, those of a subscriber and of his suppression may be by
    two keys, and each address is looked at.
    """
    stopping = Suppression.objects.filter(kind__in=("", NEWS)).values_list("mark", flat=True)
    if len(marks(ANY)) == 1:
        return Q(mark__in=stopping)
    stopped = set(stopping)
    rows = Subscriber.objects.here().exclude(mark="").values_list("pk", "address").iterator() if stopped else ()
    return Q(pk__in=list(islice((pk for pk, address in rows if not stopped.isdisjoint(marks(address))), MOST)))
