"""SMO: best materials → editors' picks: what stands before the best, and what is offered nowhere."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from smo_kit.best.desk.address_field import titles_of
from smo_kit.best.desk.forms import NewPickForm, PickForm
from smo_kit.best.models import Pick
from smo_kit.core.addresses import base_url
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id

STATES: Final = {
    "runs": gettext_lazy("In force"),
    "waits": gettext_lazy("Not yet"),
    "over": gettext_lazy("Over"),
}


class Picks(ChangeList):
    """A page of picks, each with its page."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        picks = list(self.result_list)
        pages = titles_of([one.key for one in picks], get_language() or "")
        for one in picks:
            _know(one, pages.get(one.key))


class StateFilter(admin.SimpleListFilter):
    """Picks that hold now, will, or did."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Pick]) -> QuerySet[Pick]:
        now = timezone.now()
        over = Q(until__isnull=False, until__lte=now)
        waits = Q(since__isnull=False, since__gt=now)
        if self.value() == "over":
            return queryset.filter(over)
        if self.value() == "waits":
            return queryset.filter(waits).exclude(over)
        return queryset.exclude(over).exclude(waits) if self.value() == "runs" else queryset


@admin.register(Pick)
class PickAdmin(admin.ModelAdmin):
    """Picks of the site that this process serves, in their order."""

    form = PickForm
    list_display = ("thumbnail", "page", "verb", "state", "place")
    list_display_links = ("page",)
    list_editable = ("place",)
    list_filter = ("verb", StateFilter)
    list_per_page = 100
    show_full_result_count = False

    class Media:
        css: ClassVar = {"all": ["smo_kit/core/desk.css", "smo_kit/best/desk.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pick]:
        return super().get_queryset(request).filter(site_id=site_id())

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Picks

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Pick | None:
        pick: Pick | None = super().get_object(request, *args, **kwargs)
        if pick is not None:
            _know(pick, titles_of([pick.key], get_language() or "").get(pick.key))
        return pick

    def get_fields(self, request: HttpRequest, obj: Pick | None = None) -> Any:
        return ("page", "verb", "place", ("since", "until"))

    def get_readonly_fields(self, request: HttpRequest, obj: Pick | None = None) -> Any:
        return ("page",) if obj else ()

    def get_form(self, request: HttpRequest, obj: Pick | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            known = {"home": base_url(request), "language": get_language() or ""}
            kwargs["form"] = type("NewPickForm", (NewPickForm,), known)
        return super().get_form(request, obj, change, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        last = self.get_queryset(request).order_by("-place").values_list("place", flat=True).first()
        return {"place": 0 if last is None else last + 1, **super().get_changeform_initial_data(request)}

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, pick: Pick) -> SafeString:
        picture = getattr(pick, "picture", "")
        return (
            format_html('<img class="smo-desk-thumb" src="{}" alt="" loading="lazy">', picture)
            if picture
            else SafeString("—")
        )

    @admin.display(description=gettext_lazy("page"))
    def page(self, pick: Pick) -> str:
        return pick.title or _("Page %(number)s: not public now, or gone") % {"number": pick.object_pk}

    @admin.display(description=gettext_lazy("state"))
    def state(self, pick: Pick) -> str:
        now = timezone.now()
        if pick.until and pick.until <= now:
            return _("Over since %(date)s") % {"date": _short(pick.until)}
        if pick.since and pick.since > now:
            return _("From %(date)s") % {"date": _short(pick.since)}
        return _("Until %(date)s") % {"date": _short(pick.until)} if pick.until else _("In force")


def _know(pick: Pick, page: CardRow | None) -> None:
    pick.title = str(page) if page else ""
    pick.picture = page.image_url if page else ""  # type: ignore[attr-defined]  # for the list alone


def _short(moment: Any) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")
