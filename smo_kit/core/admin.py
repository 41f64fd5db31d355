"""The admin page "SMO settings": a tab for each app, made from its ``conf.py``."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from smo_kit.core.audit_admin import AuditAdmin  # noqa: F401  # its page
from smo_kit.core.forms import SettingsForm, save_settings
from smo_kit.core.models import Place, Settings
from smo_kit.core.people_admin import PersonalRequestAdmin  # noqa: F401  # its page
from smo_kit.core.settings import AppSettings


def tabs() -> list[AppSettings[Any]]:
    """Return the apps that have something for an editor to set: the site itself first, whatever was imported first."""
    there = [app for app in AppSettings.of_installed_apps().values() if app.editable]
    return sorted(there, key=lambda app: app.name != "CORE")


@admin.register(Settings)
class SettingsAdmin(admin.ModelAdmin):
    """Settings of the suite, an app at a time."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.tab)
        return [path("<slug:name>/", view, name="smo_core_settings_tab"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect(self._address(tabs()[0]))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        row = get_object_or_404(Settings, pk=object_id)
        return redirect(self._address(AppSettings.of_installed_apps().get(row.app) or tabs()[0]))

    def tab(self, request: HttpRequest, name: str) -> HttpResponse:
        """Show one app's settings, and save them."""
        app = next((one for one in tabs() if one.name.lower() == name), None)
        if app is None:
            raise Http404(name)
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        may_change = self.has_change_permission(request)
        form = SettingsForm(app, request.POST or None)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            if "reset" in request.POST:
                return self._saved(request, app, save_settings(app, {}))
            if form.is_valid():
                return self._saved(request, app, form.save())
        if not may_change:
            for field in form.fields.values():
                field.disabled = True
        context = {**self._context(request, app), "form": form, "may_change": may_change}
        return TemplateResponse(request, "admin/smo_core/settings/tab.html", context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Settings | None = None) -> bool:
        return False

    def _saved(self, request: HttpRequest, app: AppSettings[Any], row: Settings) -> HttpResponse:
        self.log_change(request, row, [{"changed": {"fields": sorted(row.data)}}])
        text = _("Saved. Every page follows within seconds; pages in a cache when they are made anew.")
        self.message_user(request, text, messages.SUCCESS)
        return redirect(self._address(app))

    def _address(self, app: AppSettings[Any]) -> str:
        return reverse(f"{self.admin_site.name}:smo_core_settings_tab", args=[app.name.lower()])

    def _context(self, request: HttpRequest, app: AppSettings[Any]) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": _("SMO settings"),
            "opts": self.opts,
            "tabs": [{"label": one.label, "url": self._address(one), "is_open": one is app} for one in tabs()],
            "unknown": sorted(app.unknown_in_admin()),
            "wrong": app.wrong_in_admin(),
        }


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    """Pages without an object."""

    list_display = ("path", "site_id")
    search_fields = ("path",)
