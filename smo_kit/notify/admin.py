"""SMO → Subscribers: who hears of comments, what became of it, and the few things that an editor does for a person."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Final

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smo_kit.comments.desk import pages_of
from smo_kit.core.long_lists import LongListAdmin
from smo_kit.core.settings import site_id
from smo_kit.core.tasks import enqueue_on_commit
from smo_kit.mail.tasks import send_due
from smo_kit.notify.address_proofs import doubt
from smo_kit.notify.bulk import end_mails_of, pause_all, release
from smo_kit.notify.filters import PausedFilter, ProvedFilter, SuppressedFilter
from smo_kit.notify.health import trouble
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.mail_queue import collect
from smo_kit.notify.models import Delivery, Subscriber, Subscription
from smo_kit.notify.preferences import BY_MAIL
from smo_kit.notify.services import Asked, set_frequency
from smo_kit.notify.subscriber_overview import pace_of, standing_of, suppressed_among, told_of

WEEK: Final = dt.timedelta(days=7)
TIMING: Final = {"frequency", "paused_until"}
"""What decides when a mail is due."""


class Subscribers(ChangeList):
    """A page of subscribers; each knows whether his address is suppressed."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        subscribers = list(self.result_list)
        suppressed = suppressed_among(subscribers)
        for one in subscribers:
            one.is_suppressed = one.address in suppressed
        self.result_list = subscribers


class Subscriptions(admin.TabularInline):
    """The discussions that a subscriber follows or has muted; he can be taken out of them."""

    model = Subscription
    fields = readonly_fields = ("page", "is_muted", "created")
    ordering = ("-pk",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscription]:
        return super().get_queryset(request).select_related("discussion")

    def get_formset(self, request: HttpRequest, obj: Subscriber | None = None, **kwargs: Any) -> Any:
        rows = Subscription.objects.filter(subscriber=obj).select_related("discussion")
        self._pages = pages_of([row.discussion for row in rows])
        return super().get_formset(request, obj, **kwargs)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("page"))
    def page(self, subscription: Subscription) -> str:
        return self._pages[subscription.discussion_id].title


@admin.register(Subscriber)
class SubscriberAdmin(LongListAdmin):
    """Subscribers of the site that this process serves. Nobody is added: who wants mail says so himself."""

    list_display = ("__str__", "user", "pace", "standing", "follows", "last_told")
    list_filter = ("frequency", ProvedFilter, PausedFilter, SuppressedFilter)
    list_select_related = ("user",)
    list_per_page = 50
    search_help_text = gettext_lazy("E-mail address, or name of a member")
    ordering = ("-pk",)
    fields = (
        ("address", "user"),
        ("standing", "confirmed_at", "created"),
        ("frequency", "paused_until", "language"),
        ("replies", "own_pages"),
        "told",
    )
    readonly_fields = ("address", "user", "standing", "confirmed_at", "created", "language", "told")
    inlines = (Subscriptions,)

    class Media:
        css: ClassVar = {"all": ["smo_kit/notify/admin.css"]}

    actions = ("send_now", "pause_week", "end_mails", "ask_again")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscriber]:
        followed = (
            Subscription.objects.filter(subscriber=OuterRef("pk"), is_muted=False).order_by().values("subscriber")
        )
        told = Delivery.objects.filter(subscriber=OuterRef("pk")).order_by().values("subscriber")
        here: QuerySet[Subscriber] = super().get_queryset(request).filter(site_id=site_id())
        return here.annotate(
            number=Subquery(followed.annotate(n=Count("pk")).values("n")),
            last=Subquery(told.annotate(at=Max("told_at")).values("at")),
        )

    def get_form(self, request: HttpRequest, obj: Subscriber | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        field: Any = form.base_fields.get("frequency")
        if field is not None and obj is not None:
            field.choices = [(value, pace_of(obj, Frequency(value))) for value in Frequency.values]
        return form

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return ("address", f"user__{get_user_model().USERNAME_FIELD}")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Subscribers

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET" and self.has_view_permission(request) and (text := trouble()):
            self.message_user(request, text, messages.WARNING)
        return super().changelist_view(request, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the persons alone: what they were told goes with them, and may be thousands of lines."""
        return [str(one) for one in objs], {self.opts.verbose_name_plural: len(objs)}, set(), []

    def save_model(self, request: HttpRequest, obj: Subscriber, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if TIMING & set(form.changed_data):
            set_frequency(obj, obj.frequency)

    @admin.display(description=gettext_lazy("mail"), ordering="frequency")
    def pace(self, subscriber: Subscriber) -> str:
        return pace_of(subscriber, Frequency(subscriber.frequency))

    @admin.display(description=gettext_lazy("state"))
    def standing(self, subscriber: Subscriber) -> str:
        known = getattr(subscriber, "is_suppressed", None)
        return standing_of(subscriber, suppressed=bool(suppressed_among([subscriber])) if known is None else known)

    @admin.display(description=gettext_lazy("follows"), ordering="number")
    def follows(self, subscriber: Any) -> Any:
        return subscriber.number or 0

    @admin.display(description=gettext_lazy("last told"), ordering="last")
    def last_told(self, subscriber: Any) -> Any:
        return subscriber.last

    @admin.display(description=gettext_lazy("notifications"))
    def told(self, subscriber: Subscriber) -> str:
        return render_to_string("admin/smo_notify/told.html", {"told": told_of(subscriber)})

    @admin.action(description=gettext_lazy("Send what waits now"), permissions=["change"])
    def send_now(self, request: HttpRequest, chosen: QuerySet[Subscriber]) -> None:
        number = release(chosen, timezone.now())
        collect(number)
        enqueue_on_commit(send_due)
        text = ngettext("%(number)d notification goes out now.", "%(number)d notifications go out now.", number)
        self._say(request, text, number)

    @admin.action(description=gettext_lazy("Pause for a week"), permissions=["change"])
    def pause_week(self, request: HttpRequest, chosen: QuerySet[Subscriber]) -> None:
        number = pause_all(chosen, timezone.now() + WEEK)
        text = ngettext("%(number)d person is paused for a week.", "%(number)d persons are paused for a week.", number)
        self._say(request, text, number)

    @admin.action(description=gettext_lazy("End all mails"), permissions=["change"])
    def end_mails(self, request: HttpRequest, chosen: QuerySet[Subscriber]) -> None:
        number = end_mails_of(chosen)
        text = ngettext("%(number)d person gets no mail any more.", "%(number)d persons get no mail any more.", number)
        self._say(request, text, number)

    @admin.action(description=gettext_lazy("Ask to prove the address again"), permissions=["change"])
    def ask_again(self, request: HttpRequest, chosen: QuerySet[Subscriber]) -> None:
        became = [doubt(one) for one in chosen.filter(frequency__in=BY_MAIL) if one.address]
        number = became.count(Asked.MAILED)
        text = ngettext("%(number)d person is asked by mail.", "%(number)d persons are asked by mail.", number)
        self._say(request, text, number)
        if Asked.TOO_MANY in became:
            text = _("Others can't be asked for now: too many such mails were sent within the hour. Try again later.")
            self.message_user(request, text, messages.WARNING)

    def _say(self, request: HttpRequest, text: str, number: int) -> None:
        self.message_user(request, text % {"number": number}, messages.SUCCESS if number else messages.WARNING)
