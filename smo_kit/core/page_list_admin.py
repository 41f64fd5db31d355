"""Lists of the admin, only looked at, of which each row belongs to a page of the site."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from smo_kit.core.admin_lists import WithPages, link_to, page_of
from smo_kit.core.settings import site_id


class PageListAdmin(admin.ModelAdmin):
    """What is only looked at. The model has ``site_id`` and ``key``."""

    list_per_page = 50
    show_full_result_count = False

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
