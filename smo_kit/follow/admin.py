"""The site's accounts in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import site_id
from smo_kit.follow.forms import AccountForm
from smo_kit.follow.models import Account
from smo_kit.networks.absent import why_absent
from smo_kit.networks.registry import network


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin):
    """Accounts of the site that this process serves, in the order of their buttons."""

    form = AccountForm
    list_display = ("network_name", "address", "title", "position", "is_shown")
    list_display_links = ("network_name",)
    list_editable = ("position", "is_shown")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        return super().get_queryset(request).filter(site_id=site_id())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET":
            shown = self.get_queryset(request).filter(is_shown=True).order_by("network")
            for id_ in shown.values_list("network", flat=True).distinct():
                if wrong := why_absent(id_, "follow"):
                    self.message_user(request, wrong, messages.WARNING)
        return super().changelist_view(request, extra_context)

    @admin.display(description=_("network"), ordering="network")
    def network_name(self, account: Account) -> str:
        found = network(account.network)
        return str(found.name) if found else _("%(network)s (gone)") % {"network": account.network}

    @admin.display(description=_("account"), ordering="handle")
    def address(self, account: Account) -> str:
        found = network(account.network)
        try:
            url = found.follow.url(account.handle) if found and found.follow else ""
        except ValueError:
            url = ""
        if not url:
            return account.handle
        return format_html('<a href="{}" rel="noopener">{}</a>', url, account.handle)
