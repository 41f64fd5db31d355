"""SMO: share → personal links: their list, the story of each, and reports of all."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.core.identities import ERASED
from smo_kit.core.members import name_of as name_of_member
from smo_kit.core.mending import admin_address
from smo_kit.core.page_list_admin import PageListAdmin
from smo_kit.core.snapshots import pages_of
from smo_kit.networks.registry import networks_that_can
from smo_kit.share.conf import share_settings
from smo_kit.share.desk.filters import OF, LastShared, OfNetwork, OfPage, OfRung, search, value_of
from smo_kit.share.desk.story import story_of
from smo_kit.share.models import PersonalLink
from smo_kit.share.reports import COLUMNS, GROUPS, PERIODS, Line, line_of, name_of, shares, since, spreaders
from smo_kit.share.rungs import Rung
from smo_kit.share.virality import ENOUGH

PER_PAGE: Final = 50
SPREADERS: Final = 50
"""So many are told."""
GUEST: Final = 8
"""Letters that tell guests apart."""

HEADINGS: Final = dict(
    zip(
        COLUMNS,
        (
            *(rung.label for rung in Rung),
            gettext_lazy("Visitors"),
            gettext_lazy("Visitors per link"),
        ),
        strict=True,
    )
)


@admin.register(PersonalLink)
class LinkAdmin(PageListAdmin):
    """Personal links, the last shared first. Nothing is changed here."""

    class Media:
        css: ClassVar = {"all": ["smo_kit/core/desk.css", "smo_kit/share/desk.css"]}

    list_display = ("last", "page", "network_name", "rung", "visits", "who")
    list_display_links = ("last",)
    list_filter = (OfPage, OfNetwork, OfRung, ("opened", LastShared))
    list_select_related = ("user",)
    search_fields = ("token",)
    search_help_text = gettext_lazy("Title of the page, or the link itself.")
    ordering = ("-opened", "-pk")
    actions = None
    change_list_template = "admin/smo_share/personallink/list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("shares/", view(self.shares_view), name="smo_share_personallink_shares"),
            path("spreaders/", view(self.spreaders_view), name="smo_share_personallink_spreaders"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.replace("\0", "").strip()
        return (search(queryset, term) if term else queryset), False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Tell what happened to one link."""
        request.current_app = self.admin_site.name
        link = self.get_object(request, object_id)
        if not self.has_view_permission(request, link):
            raise PermissionDenied
        if link is None:
            self.message_user(request, _("This link is not there any more."), messages.WARNING)
            return redirect(reverse(f"{self.admin_site.name}:smo_share_personallink_changelist"))
        key = link.key.speaking("")
        context = {
            "title": _("The story of a share"),
            "link": link,
            "page": pages_of({key}).get(key),
            "links": self._list(key, ""),
            "network": name_of(link.network),
            "who": self._who(request, link.user, link.sharer),
            "keep_days": share_settings().keep_days,
            "story": story_of(link),
        }
        return self._page(request, "story", {**context, **(extra_context or {})})

    def shares_view(self, request: HttpRequest) -> HttpResponse:
        """Show what came of links, taken together by page, network, or both."""
        self._let_in(request)
        period, by, sort = _asked(request)
        wanted = request.GET.get("network", "")
        networks = [(one.id, one.name) for one in networks_that_can("share")]
        chosen = wanted if wanted in dict(networks) else ""
        rows = shares(by, since(period), sort=sort, network_id=chosen)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p", ""))
        lines = [line_of(row) for row in page.object_list]
        context = {
            "title": _("Shares by page and network"),
            "period": period,
            "by": by,
            "sort": sort,
            "chosen": chosen,
            "networks": networks,
            "groups": [(name, label) for name, (label, _columns) in GROUPS.items()],
            "headings": HEADINGS.items(),
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2),
            "lines": self._named(lines, chosen),
            "enough": ENOUGH,
        }
        return self._page(request, "shares", context)

    def spreaders_view(self, request: HttpRequest) -> HttpResponse:
        """Show who brought most visitors."""
        self._let_in(request)
        period = _one_of(PERIODS, request.GET.get("period", ""), "month")
        found = spreaders(since(period), SPREADERS)
        members = get_user_model()._default_manager.in_bulk([one.user_id for one in found if one.user_id is not None])
        context = {
            "title": _("Best spreaders"),
            "period": period,
            "spreaders": [(*self._who(request, members.get(one.user_id), one.guest), one) for one in found],
        }
        return self._page(request, "spreaders", context)

    @admin.display(description=gettext_lazy("last shared"), ordering="opened")
    def last(self, link: PersonalLink) -> Any:
        return link.opened or _("never")

    @admin.display(description=gettext_lazy("network"), ordering="network")
    def network_name(self, link: PersonalLink) -> str:
        return name_of(link.network)

    @admin.display(description=gettext_lazy("rung"))
    def rung(self, link: PersonalLink) -> str:
        reached = link.reached()
        return str(reached.label) if reached else "—"

    @admin.display(description=gettext_lazy("sharer"))
    def who(self, link: PersonalLink) -> str:
        return self._who(None, link.user, link.sharer)[0]

    def _who(self, request: HttpRequest | None, user: Any, sharer: str) -> tuple[str, str]:
        """Return what a sharer is called, and the address of his account for who may see that."""
        if user is None:
            is_erased = sharer.startswith(ERASED)
            return (_("somebody who was erased") if is_erased else f"{_('a guest')} · {sharer[:GUEST]}"), ""
        label = user._meta.label_lower.replace(".", "_")
        may = request and request.user.has_perm(f"{user._meta.app_label}.view_{user._meta.model_name}")
        return name_of_member(user), admin_address(f"{label}_change", user.pk) if may else ""

    def _named(self, lines: list[Line], chosen: str) -> list[tuple[str, str, Line]]:
        """Return each line with what it is of, and the address of its links."""
        pages = pages_of({line.key for line in lines if line.key})
        named = []
        for line in lines:
            page = pages.get(line.key) if line.key else None
            title = str(page) if page else _("a page that is not there any more") if line.key else line.network_name
            named.append((title, self._list(line.key, line.network or chosen), line))
        return named

    def _list(self, key: Any, network: str) -> str:
        wanted = {OF: value_of(key)} if key else {}
        query = urlencode(wanted | ({OfNetwork.parameter_name: network} if network else {}))
        return f"{reverse(f'{self.admin_site.name}:smo_share_personallink_changelist')}?{query}"

    def _let_in(self, request: HttpRequest) -> None:
        request.current_app = self.admin_site.name
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        periods = [(one, label) for one, (label, _days) in PERIODS.items()]
        whole = {"opts": self.opts, "media": self.media, "periods": periods, **context}
        return TemplateResponse(
            request, f"admin/smo_share/personallink/{name}.html", {**self.admin_site.each_context(request), **whole}
        )


def _asked(request: HttpRequest) -> tuple[str, str, str]:
    """Return period, grouping and column of sorting that an address asks for."""
    asked = request.GET
    return (
        _one_of(PERIODS, asked.get("period", ""), "month"),
        _one_of(GROUPS, asked.get("by", ""), "page"),
        _one_of(COLUMNS, asked.get("sort", ""), "visitors"),
    )


def _one_of(known: Any, wanted: str, usual: str) -> str:
    return wanted if wanted in known else usual
