"""Lists of the admin whose tables may have millions of rows: they open as fast as those of a small site."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, gettext_lazy

from smo_kit.core.registrations import site_languages

MOST: Final = 10_000
"""Rows that a list counts and lets one turn its pages through. Who looks for an older one searches or filters."""


class AtLeast(int):
    """A number that was not counted to its end: shown with a plus."""

    def __str__(self) -> str:
        return f"{int(self)}+"


class FirstPaginator(Paginator):  # type: ignore[type-arg]  # generic for the checker alone
    """Pages of the first MOST rows: no database counts a million rows, or skips them, for a page of fifty."""

    most: int | None = None
    """As many rows instead of MOST: a list that readers see is turned through less far."""

    @cached_property
    def count(self) -> int:
        """Return how many rows there are; an ``AtLeast`` where there are more."""
        rows: Any = self.object_list
        most = MOST if self.most is None else self.most
        there: int = rows.order_by().values("pk")[: most + 1].count()
        return AtLeast(most) if there > most else there

    def page(self, number: Any) -> Any:
        """Return a page. What is joined and worked out of rows is so of those shown alone, not of those skipped."""
        page: Any = super().page(number)
        if page.number > 1:
            rows: Any = self.object_list
            page.object_list = rows.filter(pk__in=list(page.object_list.values_list("pk", flat=True)))
        return page


class LongListAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for the checker alone
    """A list that may be long. Its order has to be that of an index, and so has what its filters ask for."""

    paginator = FirstPaginator
    show_full_result_count = False


class LanguageFilter(admin.SimpleListFilter):
    """Rows of a language, of those of the site: nobody asks a long table which ones it has."""

    title = gettext_lazy("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, get_language_info(code)["name_local"]) for code in site_languages()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(language=self.value()) if self.value() else queryset
