"""What a moderator can narrow the list of comments to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.comments.desk import pages_of
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.states import State
from smo_kit.core.converters import id_in
from smo_kit.core.settings import site_id
from smo_kit.spam.conf import spam_settings

if TYPE_CHECKING:
    from smo_kit.comments.querysets import EntryQuerySet

PAGES: Final = 15
"""The pages with most that waits are offered."""


def doubtful() -> float:
    """Return from which spam score on a published comment is shown to a person."""
    return spam_settings().publish_below / 200


class StateFilter(admin.SimpleListFilter):
    """What needs a person, unless another state is asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("reported", _("reported by readers")), *State.choices, ("all", _("all"))]

    def choices(self, changelist: ChangeList) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": _("needs a person")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "all":
            return queryset.order_by("-pk")
        if value == "reported":
            return queryset.filter(reports__gt=0)
        if value in State.values:
            return queryset.filter(state=value).order_by("-pk")
        if request.GET.get(PersonFilter.parameter_name):
            return queryset.order_by("-pk")
        found: QuerySet[Any] = cast("EntryQuerySet", queryset).waiting(doubtful=doubtful())
        return found.filter(need__gt=0)


class PageFilter(admin.SimpleListFilter):
    """Comments of one page."""

    title = gettext_lazy("page")
    parameter_name = "page"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        waits = Entry.objects.of_site(site_id()).filter(Q(state=State.HELD) | Q(state=State.PUBLISHED, reports__gt=0))
        counted = waits.order_by().values_list("discussion").annotate(n=Count("pk")).order_by("-n", "-discussion")
        pks = [pk for pk, _n in counted[:PAGES]]
        asked = id_in(self.value() or "")
        known = Discussion.objects.filter(site_id=site_id()).in_bulk({*pks, asked})
        most = [known[pk] for pk in dict.fromkeys([*pks, asked]) if pk in known]
        titles = pages_of(most)
        return [(str(one.pk), titles[one.pk].title) for one in most]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(discussion=id_in(self.value() or "")) if self.value() else queryset


class PersonFilter(admin.SimpleListFilter):
    """Comments of one author, in whatever state; offered by a link under each comment."""

    title = gettext_lazy("author")
    parameter_name = "person"

    def value(self) -> str | None:
        return (super().value() or "").replace("\0", "") or None

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        value = self.value()
        if not value:
            return []
        names = Entry.objects.filter(person=value).values_list("comment__user_name", flat=True)
        return [(value, names.first() or "—")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(person=self.value()) if self.value() else queryset
