"""SMO: best materials → what stands beside each page, and the desk where an editor decides of it."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from smo_kit.best.conf import best_settings
from smo_kit.best.desk.address_field import titles_of
from smo_kit.best.desk.curating import TO_CARRY_OUT, offer_only_these
from smo_kit.best.desk.forms import AddForm
from smo_kit.best.desk.page import Desk, desk_of
from smo_kit.best.desk.page_list import STATES, Asked, listed
from smo_kit.best.desk.standing import index_now, why_nothing
from smo_kit.best.models import Curation
from smo_kit.core.addresses import base_url
from smo_kit.core.lost import lost
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import site_languages
from smo_kit.core.subjects import Key

DO: Final = "smo_do"
"""The name of every button that decides."""
DECIDED: Final = {
    "pin": gettext_lazy("Pinned: %(title)s"),
    "hide": gettext_lazy("Never here: %(title)s"),
    "up": gettext_lazy("Moved up: %(title)s"),
    "down": gettext_lazy("Moved down: %(title)s"),
    "back": gettext_lazy("Left to the index again: %(title)s"),
    "only": gettext_lazy("Only the pinned pages are offered."),
    "others": gettext_lazy("Other pages are offered too."),
}
"""What an editor, and the log, is told of each decision."""


@admin.register(Curation)
class CurationAdmin(admin.ModelAdmin):
    """All pages, and for each what is offered beside it. Who may change that decides; who may view sees the list."""

    class Media:
        css: ClassVar = {"all": ["smo_kit/core/desk.css", "smo_kit/best/desk.css"]}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("beside/<smo_id:card>/", view(self.desk_view), name="smo_best_curation_desk"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Curation | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """List the pages of the site, and say how the index stands."""
        request.current_app = self.admin_site.name
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        languages = site_languages()
        asked = Asked.of(request.GET, languages)
        page, rows = listed(asked, request.GET.get("p", ""), base_url(request))
        context = {
            "title": _("What stands beside a page"),
            "asked": asked,
            "languages": languages,
            "states": [(name, label) for name, (label, _leave) in STATES.items()],
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2),
            "rows": rows,
            "index": index_now(),
            "may_change": self.has_change_permission(request),
        }
        return self._page(request, "pages", {**context, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead from a line of the log to the desk of the page."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        curation = self.get_object(request, unquote(object_id))
        row = titles_of([curation.key], get_language() or "").get(curation.key) if curation else None
        if row is None:
            return self._gone(request)
        return redirect(self._desk(row.pk))

    def desk_view(self, request: HttpRequest, card: int) -> HttpResponse:
        """Show what stands beside one page, and carry out what an editor decides."""
        request.current_app = self.admin_site.name
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = CardRow.objects.filter(pk=card).first()
        if row is None:
            return self._gone(request)
        if request.method == "POST" and DO in request.POST:
            return self._done(request, row, request.POST[DO])
        desk = desk_of(row)
        form = AddForm(request.POST if request.method == "POST" else None, desk=desk, home=base_url(request))
        if form.is_bound and form.is_valid():
            page = form.cleaned_data["page"]
            return self._decide(request, row, "hide" if "hide" in request.POST else "pin", page.key, str(page))
        return self._page(request, "desk", self._of_desk(desk, form))

    def _of_desk(self, desk: Desk, form: AddForm) -> dict[str, Any]:
        row = desk.row
        others = CardRow.objects.filter(**row.key.fields).exclude(pk=row.pk).order_by("language")
        return {
            "title": _("Beside “%(title)s”") % {"title": row},
            "row": row,
            "others": others.only("language", "title"),
            "desk": desk,
            "limit": best_settings().limit,
            "reasons": why_nothing(desk),
            "form": form,
        }

    def _done(self, request: HttpRequest, row: CardRow, value: str) -> HttpResponse:
        verb, _colon, page = value.partition(":")
        if verb in {"only", "others"}:
            curation = offer_only_these(row.key.speaking(""), only=verb == "only")
            return self._said(request, row, curation, str(DECIDED[verb]))
        type_id, _colon, pk = page.partition(":")
        if verb not in TO_CARRY_OUT or not type_id.isdecimal() or "\0" in pk:
            raise Http404(value)
        content_type = get_object_or_404(ContentType, pk=type_id[:9])
        key = Key(content_type.pk, pk[:64])
        if verb in {"pin", "hide"} and lost(content_type, [key.object_pk]):
            self._tell_gone(request)
            return redirect(self._desk(row.pk))
        found = titles_of([key], row.language).get(key)
        return self._decide(request, row, verb, key, str(found or pk))

    def _decide(self, request: HttpRequest, row: CardRow, verb: str, page: Key, title: str) -> HttpResponse:
        subject, page = row.key.speaking(""), page.speaking("")
        curation = TO_CARRY_OUT[verb](subject, page) if subject != page else None
        return self._said(request, row, curation, str(DECIDED[verb]) % {"title": title})

    def _said(self, request: HttpRequest, row: CardRow, curation: Curation | None, text: str) -> HttpResponse:
        if curation is None:
            self.message_user(request, _("It stands so already: somebody else may have decided it."), messages.WARNING)
            return redirect(self._desk(row.pk))
        LogEntry.objects.create(
            user_id=request.user.pk or 0,
            content_type=ContentType.objects.get_for_model(Curation),
            object_id=str(curation.pk),
            object_repr=str(row)[:200],
            action_flag=CHANGE,
            change_message=text,
        )
        self.message_user(request, text, messages.SUCCESS)
        return redirect(self._desk(row.pk))

    def _tell_gone(self, request: HttpRequest) -> None:
        self.message_user(request, _("This page is not public any more, or gone."), messages.WARNING)

    def _gone(self, request: HttpRequest) -> HttpResponse:
        self._tell_gone(request)
        return redirect(reverse(f"{self.admin_site.name}:smo_best_curation_changelist"))

    def _desk(self, card: int) -> str:
        return reverse(f"{self.admin_site.name}:smo_best_curation_desk", args=[card])

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        whole = {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media, **context}
        return TemplateResponse(request, f"admin/smo_best/curation/{name}.html", whole)
