"""SMO → Downloads: files that readers get after conditions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import site_id
from smo_kit.lock.files.forms import DownloadForm
from smo_kit.lock.files.shelf import NAME
from smo_kit.lock.models import Count, Download
from smo_kit.lock.storage import folder_problem
from smo_kit.lock.term_forms import usual_terms


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
        counts = Count.objects.filter(
            what="got", lock__site_id=OuterRef("site_id"), lock__name=Concat(Value(NAME), OuterRef("slug"))
        )
        summed = counts.order_by().values("what").annotate(times=Sum("n")).values("times")
        rows: QuerySet[Download] = super().get_queryset(request).filter(site_id=site_id())
        return rows.annotate(times=Subquery(summed))

    def get_fieldsets(self, request: HttpRequest, obj: Download | None = None) -> Any:
        terms = {
            "fields": tuple(term.field for term in usual_terms()) if self._may_change(request, obj) else ("options",),
            "description": _("They hold wherever the file is offered. What is left empty is as the site has it."),
            "classes": ("collapse",),
        }
        known = ("measures", "got", "tag") if obj else ()
        upload = ("file",) if self._may_change(request, obj) else ()  # what is shown alone would be a link, it has none
        return [
            (None, {"fields": ("title", "slug", "language", "summary", *upload, "name", "is_on", *known)}),
            (_("Limits"), {"fields": ("per_day", "per_link", "expires_minutes")}),
            (_("Terms"), terms),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, "fields": DownloadForm.Meta.fields})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET" and (problem := folder_problem()):
            self.message_user(request, problem, messages.WARNING)
        return super().changelist_view(request, extra_context)

    def _may_change(self, request: HttpRequest, download: Download | None) -> bool:
        if download is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, download)

    @admin.display(description=_("size"), ordering="size")
    def measures(self, download: Download) -> str:
        return f"{download.name} · {filesizeformat(download.size)}"

    @admin.display(description=_("downloaded"))
    def got(self, download: Download) -> str:
        return number_format(getattr(download, "times", 0) or 0, 0)

    @admin.display(description=_("in a template"))
    def tag(self, download: Download) -> str:
        return format_html("<code>{}</code>", f'{{% smo_download "{download.slug}" %}}')
