"""SMO → Downloads: files that readers get after conditions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import site_id
from smo_kit.lock.files.forms import DownloadForm
from smo_kit.lock.files.shelf import NAME
from smo_kit.lock.models import Count, Download
from smo_kit.lock.private import folder_problem
from smo_kit.lock.term_forms import term_fields


@admin.register(Download)
class DownloadAdmin(admin.ModelAdmin):
    """The files of the site that this process serves."""

    form = DownloadForm
    list_display = ("title", "slug", "language", "measures", "got", "is_on")
    list_filter = ("is_on", "language")
    search_fields = ("title", "slug", "name")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("measures", "got", "tag")

    class Media:
        css = {"all": ["smo_kit/core/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Download]:
        return super().get_queryset(request).filter(site_id=site_id())

    def get_fieldsets(self, request: HttpRequest, obj: Download | None = None) -> Any:
        terms = {
            "fields": tuple(term_fields()),
            "description": _("They hold wherever the file is offered. What is left empty is as the site has it."),
            "classes": ("collapse",),
        }
        known = ("measures", "got", "tag") if obj else ()
        return [
            (None, {"fields": ("title", "slug", "language", "summary", "file", "name", "is_on", *known)}),
            (_("Limits"), {"fields": ("per_day", "per_link", "expires_minutes")}),
            (_("Terms"), terms),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, "fields": DownloadForm.Meta.fields})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET" and (problem := folder_problem()):
            self.message_user(request, problem, messages.WARNING)
        return super().changelist_view(request, extra_context)

    @admin.display(description=_("size"), ordering="size")
    def measures(self, download: Download) -> str:
        return f"{download.name} · {filesizeformat(download.size)}"

    @admin.display(description=_("downloaded"))
    def got(self, download: Download) -> str:
        counts = Count.objects.filter(
            lock__site_id=download.site_id, lock__name=f"{NAME}{download.slug}", what="got"
        ).aggregate(n=Sum("n"))
        return number_format(counts["n"] or 0, 0)

    @admin.display(description=_("in a template"))
    def tag(self, download: Download) -> str:
        return format_html("<code>{}</code>", f'{{% smo_download "{download.slug}" %}}')
