"""SMO: best materials → clicks on offers: which blocks, places and pages are followed."""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smo_kit.best.desk.address_field import titles_of
from smo_kit.best.desk.export import csv_of
from smo_kit.best.desk.rates import NOWHERE, PERIODS, Ends, blocks_of, ends_of
from smo_kit.best.models import Offer
from smo_kit.core.models import CardRow
from smo_kit.core.rates import ENOUGH, Bar
from smo_kit.core.subjects import Key

MAY_DECIDE: Final = "smo_best.change_curation"

Line = tuple[str, str, Bar]
"""Title, address, and how often it was followed."""


@admin.register(Offer)
class OfferAdmin(admin.ModelAdmin):
    """One page of numbers, for who may view them."""

    class Media:
        css: ClassVar = {"all": ["smo_kit/core/desk.css", "smo_kit/best/desk.css"]}

    def get_urls(self) -> list[URLPattern]:
        return [
            path("", self.admin_site.admin_view(self.rates), name="smo_best_offer_changelist"),
            path("csv/", self.admin_site.admin_view(self.csv), name="smo_best_offer_csv"),
        ]

    def rates(self, request: HttpRequest) -> HttpResponse:
        """Show how often offers of a period and a block were followed."""
        request.current_app = self.admin_site.name
        if not self.has_view_permission(request):
            raise PermissionDenied
        weeks = _weeks(request)
        blocks = blocks_of(weeks)
        block = next((one.block for one in blocks if one.block == request.GET.get("block")), "")
        pages, offered = ends_of(weeks, "page", block), ends_of(weeks, "shown", block)
        known = titles_of(
            [key for ends in (pages, offered) for key, _rate in (*ends.best, *ends.worst)], get_language() or ""
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Clicks on offers"),
            "opts": self.opts,
            "media": self.media,
            "weeks": weeks,
            "periods": PERIODS,
            "chosen": block,
            "names": [(one.block, one.label) for one in blocks],
            "blocks": [one for one in blocks if block in {"", one.block}],
            "enough": ENOUGH,
            "comparisons": [
                (_("Where offers stood"), self._tables(request, pages, known)),
                (_("What was offered"), self._tables(request, offered, known)),
            ],
        }
        return TemplateResponse(request, "admin/smo_best/offer/rates.html", context)

    def csv(self, request: HttpRequest) -> StreamingHttpResponse:
        """Send what the page sums up, line by line, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        lines = csv_of(_weeks(request), request.GET.get("block", ""), get_language() or "")
        headers = {"Content-Disposition": 'attachment; filename="clicks.csv"'}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)

    def has_view_permission(self, request: HttpRequest, obj: Offer | None = None) -> bool:
        return request.user.has_perm("smo_best.view_offer")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Offer | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Offer | None = None) -> bool:
        return False

    def _tables(self, request: HttpRequest, ends: Ends, known: dict[Key, CardRow]) -> list[tuple[str, list[Line]]]:
        may_decide = request.user.has_perm(MAY_DECIDE)
        parts = ((_("Followed most often"), ends.best), (_("Followed most seldom"), ends.worst))
        return [
            (heading, [(*self._name(key, known.get(key), may_decide=may_decide), rate) for key, rate in part])
            for heading, part in parts
            if part
        ]

    def _name(self, key: Key, page: CardRow | None, *, may_decide: bool) -> tuple[str, str]:
        """Return title and address: of the desk for who may decide there, else of the page."""
        if page is None:
            gone = _("Page %(number)s: not public now, or gone") % {"number": key.object_pk}
            return (_("Lists and other pages without an object") if key == NOWHERE else gone), ""
        desk = f"{self.admin_site.name}:smo_best_curation_desk"
        return str(page), reverse(desk, args=[page.pk]) if may_decide else page.url


def _weeks(request: HttpRequest) -> int:
    return next((one for one in PERIODS if str(one) == request.GET.get("weeks")), PERIODS[0])
