"""SMO: sign-in → Sign-in: how each way stands, what to do to have it, and a test of it."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from smo_kit.core.addresses import absolute
from smo_kit.core.mending import admin_address
from smo_kit.core.own_urls import own_address
from smo_kit.login.callbacks import at_each_origin, callback_of, callback_to_be, origins
from smo_kit.login.models import Health
from smo_kit.login.recipe import installed_line, settings_snippet, table_settings, table_url, variables
from smo_kit.login.setup import Setup, is_local, setup_of, setups, site_problems
from smo_kit.login.standing import CURES, Standing, State, states
from smo_kit.login.trial_sign_in import PERMISSION, begin, outcome
from smo_kit.networks.registry import mark

SETTINGS: Final = ("smo_core.view_settings", "smo_core.change_settings")
APPS: Final = ("socialaccount.add_socialapp", "socialaccount.change_socialapp")


@admin.register(Health)
class HealthAdmin(admin.ModelAdmin):
    """A page of all ways and one for each, for who may see it; a test, for who may test."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.table), name="smo_login_health_changelist"),
            path("<path:app>/", view(self.way), name="smo_login_health_way"),
        ]

    def table(self, request: HttpRequest) -> HttpResponse:
        """Show how every way of signing in stands."""
        self._let_in(request)
        found = states(setups(request), request)
        context = {
            "title": _("Sign-in"),
            "there": [self._row(one) for one in found if one.standing != Standing.ABSENT],
            "absent": [self._row(one) for one in found if one.standing == Standing.ABSENT],
            "site_problems": site_problems(),
            "settings": _settings_page(request),
        }
        return self._page(request, "table", context)

    def way(self, request: HttpRequest, app: str) -> HttpResponse:
        """Show what to do for one way, and how it stands; test it on POST."""
        self._let_in(request)
        setup = setup_of(request, app)
        if setup is None:
            raise Http404(app)
        if request.method == "POST":
            if not self.has_test_permission(request):
                raise PermissionDenied
            return begin(request, setup.id, request.path)
        (state,) = states([setup], request)
        context = {
            "title": setup.name,
            **self._row(state),
            "site_problems": site_problems(),
            "may_test": self.has_test_permission(request) and setup.app is not None and setup.is_installed,
            "outcome": _outcome(request, setup),
            **_addresses(request, setup),
            **_recipe(request, setup, self.admin_site.name),
        }
        return self._page(request, "way", context)

    def has_test_permission(self, request: HttpRequest) -> bool:
        """Say whether this person may go to a provider for a test."""
        return request.user.has_perm(PERMISSION)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Health | None = None) -> bool:
        return request.user.has_perm("smo_login.view_health") or self.has_test_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Health | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Health | None = None) -> bool:
        return False

    def _let_in(self, request: HttpRequest) -> None:
        request.current_app = self.admin_site.name
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        whole = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/smo_login/health/{name}.html", whole)

    def _row(self, state: State) -> dict[str, Any]:
        setup = state.setup
        url = reverse(f"{self.admin_site.name}:smo_login_health_way", args=[setup.id])
        face = {"mark": mark(setup.network), "colour": setup.network.colour} if setup.network else {}
        return {"state": state, "setup": setup, "url": url, **face}


def _settings_page(request: HttpRequest) -> str:
    may = any(map(request.user.has_perm, SETTINGS))
    return admin_address("smo_core_settings_tab", "login") if may else ""


def _outcome(request: HttpRequest, setup: Setup) -> dict[str, Any] | None:
    found = outcome(request, setup.id, setup.name)
    return found and {**found, "cure": CURES.get(found.get("fault", ""), "")}


def _addresses(request: HttpRequest, setup: Setup) -> dict[str, Any]:
    if setup.is_installed:
        callback = callback_of(setup.provider, setup.id, request, setup.app)
    else:
        callback = callback_to_be(setup.provider, setup.id, request)
    return {
        "callbacks": at_each_origin(callback, request) if callback else [],
        "is_local": is_local(callback),
        "origins": origins(request),
        "deletion": absolute(own_address("smo_login:account"), request),
    }


def _recipe(request: HttpRequest, setup: Setup, site_name: str) -> dict[str, Any]:
    may = all(map(request.user.has_perm, APPS))
    snippet = settings_snippet(setup)
    return {
        "installed_line": installed_line(setup),
        "snippet": snippet,
        "snippet_lines": snippet.count("\n"),
        "variables": variables(setup),
        "table_url": table_url(setup, site_name) if may else "",
        "table_settings": table_settings(setup),
    }
