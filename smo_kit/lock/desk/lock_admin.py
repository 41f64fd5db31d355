"""SMO: locks → all locks of the site; their terms; how often each was shown, tried and opened."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.core.long_lists import LongListAdmin
from smo_kit.core.options import field_name
from smo_kit.core.page_list_admin import link_to, page_of
from smo_kit.core.settings import site_id
from smo_kit.lock.addresses import page_address
from smo_kit.lock.conf import TEASER, lock_settings
from smo_kit.lock.desk.figures import LISTED_DAYS, PERIODS, VARIANTS, Funnel, figures_of, funnels
from smo_kit.lock.desk.forms import form_class
from smo_kit.lock.desk.lock_list import LockList, OfForm, OfState, searched
from smo_kit.lock.desk.words import (
    TEASERS,
    form_words,
    forms_of,
    state_words,
    terms_now,
    terms_words,
    ways_words,
)
from smo_kit.lock.models import Lock, Spot
from smo_kit.lock.offers import offers_for
from smo_kit.lock.policies import Doubt, doubts
from smo_kit.lock.rendering import words_of
from smo_kit.lock.terms import forget
from smo_kit.lock.trials import is_tried

LONG_AGO: Final = 90
"""Days after which it is said of a place that the lock was not shown there any more."""
SETTINGS: Final = "smo_core_settings_tab"
BREAK: Final = SafeString("<br>")


@admin.register(Lock)
class LockAdmin(LongListAdmin):
    """Locks come into being when their pages are shown; an editor gives them terms."""

    list_display = ("page", "named", "form_in_words", "state", "ways", "figures")
    list_display_links = ("named",)
    list_filter = (OfState, OfForm)
    list_per_page = 50
    search_fields = ("name",)
    search_help_text = gettext_lazy("Title or address of the page, or name of the lock.")
    ordering = ("-pk",)
    readonly_fields = ("page", "named", "state", "places", "figures", "teaser", "terms")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.numbers)
        return [path("<smo_id:pk>/numbers/", view, name="smo_lock_lock_numbers"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lock]:
        return super().get_queryset(request).filter(site_id=site_id()).prefetch_related("spots")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[LockList]:
        return LockList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Lock], search_term: str
    ) -> tuple[QuerySet[Lock], bool]:
        return (searched(queryset, search_term.strip()) if search_term.strip() else queryset), False

    def get_fieldsets(self, request: HttpRequest, obj: Lock | None = None) -> Any:
        about = (None, {"fields": ("page", "named", "places", "state", "figures")})
        if not self.has_change_permission(request, obj):
            return (about, (_("Terms"), {"fields": ("terms", "teaser")}))
        opening = [field_name(name) for name in lock_settings.editable if name not in TEASER]
        return (
            about,
            (_("When it is closed"), {"fields": ("is_on", "starts", "ends")}),
            (_("How it opens"), {"fields": opening}),
            (_("What stands on it"), {"fields": ("teaser", *map(field_name, TEASER))}),
        )

    def get_form(self, request: HttpRequest, obj: Lock | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{"form": form_class(), **kwargs})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        address = reverse(f"{self.admin_site.name}:{SETTINGS}", args=[lock_settings.name.lower()])
        more = {"doubts": doubts(lock_settings()), "settings_address": address}
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        lock = kwargs.get("obj")
        more = {"doubts": own_doubts(lock), "numbers": self._numbers_of(lock)} if lock else {}
        return super().render_change_form(request, {**context, **more}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Lock, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(partial(forget, obj))
        if "_continue" not in request.POST:  # there they stand on the page
            for one in own_doubts(obj):
                messages.warning(request, f"{one.sentence} {one.cure}")

    def delete_model(self, request: HttpRequest, obj: Lock) -> None:
        super().delete_model(request, obj)
        transaction.on_commit(partial(forget, obj))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Lock]) -> None:
        gone = list(queryset)
        super().delete_queryset(request, queryset)
        for lock in gone:
            transaction.on_commit(partial(forget, lock))

    def numbers(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show how often a lock was shown, tried and opened in a period: by way, network and teaser."""
        request.current_app = self.admin_site.name
        lock = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, lock):
            raise PermissionDenied
        days = next((one for one in PERIODS if str(one) == request.GET.get("days")), PERIODS[0])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Lock “%(name)s” in numbers") % {"name": self.named(lock)},
            "opts": self.opts,
            "media": self.media,
            "lock": lock,
            "page": page_of(lock),
            "days": days,
            "periods": PERIODS,
            "figures": figures_of(lock.pk, days, has_two=is_tried(terms_now(lock).conf)),
        }
        return TemplateResponse(request, "admin/smo_lock/lock/numbers.html", context)

    @admin.display(description=gettext_lazy("page"))
    def page(self, row: Lock) -> str:
        found, spot = page_of(row), row.last_spot
        if found is None and spot and spot.path:
            return format_html('<a href="{}">{}</a>', page_address(spot.path), spot.path)
        return link_to(found)

    @admin.display(description=gettext_lazy("lock"), ordering="name")
    def named(self, row: Lock) -> str:
        return row.name or _("without a name")

    @admin.display(description=gettext_lazy("what it hides"))
    def form_in_words(self, row: Lock) -> str:
        return forms_of(row) or "—"

    @admin.display(description=gettext_lazy("state"))
    def state(self, row: Lock) -> str:
        return state_words(terms_now(row))

    @admin.display(description=gettext_lazy("opens by"))
    def ways(self, row: Lock) -> str:
        return ways_words(terms_now(row).conf.ways) or "—"

    @admin.display(description=gettext_lazy("shown → tried → opened in 30 days"))
    def figures(self, row: Lock) -> str:
        found = row.figures if hasattr(row, "figures") else funnels([row.pk], LISTED_DAYS).get(row.pk, Funnel())
        return format_html('<a href="{}">{}</a>', self._numbers_of(row), found)

    @admin.display(description=gettext_lazy("where it stands"))
    def places(self, row: Lock) -> str:
        return format_html_join(BREAK, '<a href="{}">{}</a> {}', map(_place, row.spots.all())) or "—"

    @admin.display(description=gettext_lazy("as readers see it"))
    def teaser(self, row: Lock) -> str:
        spot, terms = row.last_spot, terms_now(row)
        offers = offers_for(spot.ref, terms) if spot else []
        ways = [one.way for one in offers] or terms.conf.ways
        source = spot.source if spot else ""
        teasers = [
            (TEASERS[one] if one else "", *words_of(terms, one, ways, source=source))
            for one in (VARIANTS if is_tried(terms.conf) else ("",))
        ]
        context = {"teasers": teasers, "offers": offers, "page": page_address(spot.path) if spot else ""}
        return render_to_string("admin/smo_lock/lock/teaser.html", context)

    @admin.display(description=gettext_lazy("terms"))
    def terms(self, row: Lock) -> str:
        return format_html_join(BREAK, "{}: {}", terms_words(row)) or "—"

    def _numbers_of(self, row: Lock) -> str:
        return reverse(f"{self.admin_site.name}:smo_lock_lock_numbers", args=[row.pk])


def own_doubts(lock: Lock) -> tuple[Doubt, ...]:
    """Return what is to be thought over in the terms that hold for a lock."""
    return doubts(terms_now(lock).conf)


def _place(spot: Spot) -> tuple[str, str, str]:
    """Return address and words of a place, and since when the lock was not shown there if that is long ago."""
    words = " · ".join(filter(None, (spot.path, form_words(spot.source), spot.language)))
    is_long_ago = spot.seen < timezone.now() - dt.timedelta(days=LONG_AGO)
    return (
        page_address(spot.path),
        words,
        _("(not shown since %(day)s)") % {"day": _day(spot.seen)} if is_long_ago else "",
    )


def _day(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")
