"""SMO → Ratings of pages: how each page is rated; and the ratings themselves, of which stuffed ones can be deleted."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.core.converters import id_in
from smo_kit.core.page_list_admin import PageListAdmin
from smo_kit.core.settings import site_id
from smo_kit.core.snapshots import pages_of
from smo_kit.ratings.conf import kind_choices, ratings_settings
from smo_kit.ratings.models import Rated, Rating, Summary
from smo_kit.ratings.scales import choice_of, choices_of
from smo_kit.ratings.services import recount
from smo_kit.ratings.words import mean_of

OF: Final = "of"
"""Names in the address of the ratings the row of the page that they are of."""


class OfKind(admin.SimpleListFilter):
    """Ratings of one kind, by its label."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return kind_choices()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class RatedAdmin(PageListAdmin):
    """What of ratings is only looked at."""

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def what(self, row: Rated) -> str:
        return str(dict(kind_choices()).get(row.kind, row.kind))


@admin.register(Summary)
class SummaryAdmin(RatedAdmin):
    """How the pages of this site are rated, those that most readers have rated first."""

    list_display = ("page", "what", "count", "mean", "distribution", "ratings")
    list_display_links = None
    list_filter = (OfKind,)
    ordering = ("-count", "-pk")
    fields = ("page", "what", "count", "mean", "distribution", "ratings")
    readonly_fields = fields
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(count__gt=0)

    @admin.display(description=gettext_lazy("average"))
    def mean(self, row: Summary) -> str:
        return mean_of(row, ratings_settings()) or "—"

    @admin.display(description=gettext_lazy("distribution"))
    def distribution(self, row: Summary) -> str:
        known = [one.value for one in choices_of(row.kind, ratings_settings())]
        gone = sorted(set(row.values) - set(known))
        labels = {one.value: one.symbol or one.value for one in choices_of(row.kind, ratings_settings())}
        return ", ".join(f"{labels.get(value, value)}: {row.values.get(value, 0)}" for value in (*known, *gone))

    @admin.display(description=gettext_lazy("all ratings"))
    def ratings(self, row: Summary) -> str:
        url = reverse(f"{self.admin_site.name}:smo_ratings_rating_changelist")
        return format_html('<a href="{}?{}={}">{}</a>', url, OF, row.pk, _("Each by itself"))


class OfPage(admin.SimpleListFilter):
    """Ratings of one page."""

    title = gettext_lazy("page")
    parameter_name = OF

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        row = self._row(request.GET.get(OF, ""))
        if row is None:
            return []
        page = pages_of({row.key}).get(row.key)
        return [(str(row.pk), page.title if page else str(row))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        row = self._row(self.value() or "")
        return queryset.filter(**row.key.fields, kind=row.kind) if row else queryset

    def _row(self, pk: str) -> Summary | None:
        return Summary.objects.filter(pk=id_in(pk), site_id=site_id()).first()


@admin.register(Rating)
class RatingAdmin(RatedAdmin):
    """Ratings, the last first. What is deleted is counted out."""

    list_display = ("at", "page", "what", "given", "changed", "who")
    list_display_links = ("at",)
    list_filter = (OfPage, OfKind, "at")
    ordering = ("-pk",)
    fields = ("page", "what", "given", "at", "changed", "who")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(value="")

    def delete_model(self, request: HttpRequest, obj: Rating) -> None:
        super().delete_model(request, obj)
        recount(obj.key, obj.kind)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        touched = {(row.key, row.kind) for row in queryset}
        super().delete_queryset(request, queryset)
        for key, kind in sorted(touched, key=repr):
            recount(key, kind)

    @admin.display(description=gettext_lazy("rating"), ordering="value")
    def given(self, row: Rating) -> str:
        choice = choice_of(row.kind, row.value, ratings_settings())
        return str(choice.label) if choice else row.value

    @admin.display(description=gettext_lazy("reader"), ordering="voter")
    def who(self, row: Rating) -> str:
        """The same letters are the same reader; nobody can say who that is."""
        return row.voter[:8]
