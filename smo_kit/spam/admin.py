"""What was learned, and whom the site trusts, in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from smo_kit.core.long_lists import LongListAdmin
from smo_kit.core.settings import site_id
from smo_kit.spam.models import Decision, Model, Reputation
from smo_kit.spam.querysets import right_before


class _OfThisSite(LongListAdmin):
    """Rows of the site that this process serves; they come from elsewhere than a form."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(site_id=site_id())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Reputation)
class ReputationAdmin(_OfThisSite):
    """Authors: a moderator trusts or bans them here."""

    list_display = ("__str__", "published", "removed", "spam", "trusted", "banned", "seen")
    list_filter = ("trusted", "banned")
    search_fields = ("label",)
    readonly_fields = ("label", "published", "removed", "spam", "seen")
    fields = (*readonly_fields, "trusted", "banned")
    actions = ("trust_them", "ban_them", "neither")

    @admin.action(description=_("Trust the chosen authors"), permissions=["change"])
    def trust_them(self, request: HttpRequest, chosen: QuerySet[Reputation]) -> None:
        self._said(request, chosen.update(trusted=True, banned=False))

    @admin.action(description=_("Ban the chosen authors"), permissions=["change"])
    def ban_them(self, request: HttpRequest, chosen: QuerySet[Reputation]) -> None:
        self._said(request, chosen.update(trusted=False, banned=True))

    @admin.action(description=_("Neither trust nor ban the chosen authors"), permissions=["change"])
    def neither(self, request: HttpRequest, chosen: QuerySet[Reputation]) -> None:
        self._said(request, chosen.update(trusted=False, banned=False))

    def _said(self, request: HttpRequest, many: int) -> None:
        self.message_user(request, _("Authors changed: %(many)s.") % {"many": many}, messages.SUCCESS)


@admin.register(Model)
class ModelAdmin(_OfThisSite):
    """Trained models: the newest counts; deleting it goes back to the one before."""

    list_display = ("made", "texts", "sources", "features", "size")
    list_display_links = None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET":
            self.message_user(request, self._summary(), messages.INFO)
        return super().changelist_view(request, extra_context)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=_("texts"))
    def texts(self, model: Model) -> str:
        figures = {"n": 0, "spam": 0, **model.figures}
        return str(_("%(n)s, spam: %(spam)s") % figures)

    @admin.display(description=_("sources"))
    def sources(self, model: Model) -> int:
        return int(model.figures.get("sources", 0))

    @admin.display(description=_("features"))
    def features(self, model: Model) -> str:
        return str(localize(model.figures.get("features", 0)))

    @admin.display(description=_("kB"))
    def size(self, model: Model) -> int:
        return round(int(model.figures.get("bytes", 0)) / 1000)

    def _summary(self) -> str:
        many, right = right_before(Decision.objects.filter(site_id=site_id()))
        if not many:
            return str(_("No moderator has decided anything yet: rules with weights set by hand judge."))
        figures = {"many": many, "right": right}
        text = _("Of the last %(many)s decisions of moderators the filter had %(right)s right before it was told.")
        return str(text % figures)


@admin.register(Decision)
class DecisionAdmin(_OfThisSite):
    """What moderators have said; a decision that was a slip can be deleted, and is forgotten."""

    list_display = ("made", "is_spam", "before", "language")
    list_display_links = None
    list_filter = ("is_spam", "language")

    def has_change_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return False
