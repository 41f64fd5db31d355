"""Lists of the admin, only looked at, of which each row belongs to a page of the site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.core.long_lists import LongListAdmin
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id
from smo_kit.core.snapshots import pages_of


class WithPages(ChangeList):
    """A list of which each row knows its page, in one query."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        pages = pages_of({row.key.speaking("") for row in rows})
        for row in rows:
            row.of_page = pages.get(row.key.speaking(""))
        self.result_list = rows


def page_of(row: Any) -> CardRow | None:
    """Return the page of a row: the one that its list knows, else the one there is."""
    key = row.key.speaking("")
    return row.of_page if hasattr(row, "of_page") else pages_of({key}).get(key)


def link_to(page: CardRow | None) -> str:
    """Return what a row shows of its page."""
    if page is None:
        return _("a page that is not there any more")
    return format_html('<a href="{}">{}</a>', page.url, page.title or page.url)


class PageListAdmin(LongListAdmin):
    """What is only looked at. The model has ``site_id`` and ``key``."""

    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(site_id=site_id())

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WithPages

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("page"))
    def page(self, row: Any) -> str:
        return link_to(page_of(row))
