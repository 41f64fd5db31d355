"""The outbox and the addresses that want no mail, in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from smo_kit.core.emails import BadAddress
from smo_kit.core.long_lists import LongListAdmin
from smo_kit.core.settings import site_id
from smo_kit.core.tasks import enqueue_on_commit
from smo_kit.mail.forms import SuppressionForm
from smo_kit.mail.kinds import all_kinds, label_of
from smo_kit.mail.models import Mail, Suppression
from smo_kit.mail.outbox import send_again
from smo_kit.mail.tasks import send_due


class KindFilter(admin.SimpleListFilter):
    """Mails of a kind, of those there are."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.id, kind.label) for kind in all_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Mail)
class MailAdmin(LongListAdmin):
    """Mails of the site that this process serves; nobody writes here."""

    list_display = ("to", "subject", "kind_name", "state", "due", "tries", "sent", "last_error")
    list_filter = ("state", KindFilter, "due")
    search_fields = ("to", "subject", "message_id", "key")
    ordering = ("-id",)
    exclude = ("html",)
    actions = ("send_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        return super().get_queryset(request).filter(site_id=site_id())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Say whether this person may have mails sent again."""
        return request.user.has_perm("smo_mail.change_mail")

    def has_view_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return request.user.has_perm("smo_mail.view_mail") or request.user.has_perm("smo_mail.change_mail")

    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, mail: Mail) -> str:
        return label_of(mail.kind)

    @admin.action(description=_("Send again what was given up"), permissions=["send"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Mail]) -> None:
        number = send_again(Mail.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))))
        enqueue_on_commit(send_due)
        text = ngettext("%(number)d mail will be sent again.", "%(number)d mails will be sent again.", number)
        self.message_user(request, text % {"number": number}, messages.SUCCESS if number else messages.WARNING)


@admin.register(Suppression)
class SuppressionAdmin(LongListAdmin):
    """Addresses that get no mail; to look for one, give all of it."""

    form = SuppressionForm
    fields = ("address", "kind")
    list_display = ("__str__", "kind_name", "reason", "created")
    list_filter = ("reason", KindFilter)
    search_fields = ("mark",)
    search_help_text = _("Give the whole e-mail address.")
    ordering = ("-id",)

    def has_change_permission(self, request: HttpRequest, obj: Suppression | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Suppression | None = None) -> Any:
        return ("mark", "kind", "reason", "created") if obj else self.fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Suppression], search_term: str
    ) -> tuple[QuerySet[Suppression], bool]:
        if not search_term:
            return queryset, False
        try:
            return queryset.filter(pk__in=Suppression.objects.of(search_term)), False
        except BadAddress:
            return queryset.none(), False

    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, suppression: Suppression) -> Any:
        return label_of(suppression.kind) if suppression.kind else _("all mail that the site need not send")
