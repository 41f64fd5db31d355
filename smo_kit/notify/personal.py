"""What notifications keep of a person: his wishes, and what he was told."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.desk import pages_of
from smo_kit.comments.mentions import permalink
from smo_kit.core.addresses import absolute
from smo_kit.core.emails import folded
from smo_kit.core.people import Erasure, Holder, Person, register_holder
from smo_kit.notify.models import Delivery, PushDevice, Subscriber, Subscription
from smo_kit.notify.querysets import SubscriberQuerySet

COLUMNS = (
    *("address", "confirmed_at", "language", "frequency", "paused_until", "replies", "own_pages", "created"),
    "browsers",  # marks of those in which he has proved his address
)


def export(person: Person) -> dict[str, list[Any]]:
    """Return his settings, the discussions that he follows or has muted, his devices, and of what he was told."""
    rows = _rows(person)
    of_his = {"subscriber__in": rows.values("pk")}
    return {
        "settings": list(rows.values(*COLUMNS)),
        "discussions": _discussions(Subscription.objects.filter(**of_his)),
        "devices": [
            {"push service": str(one), "language": one.language, "created": one.created}
            for one in PushDevice.objects.filter(**of_his).order_by("pk")
        ],
        "notifications": _notifications(Delivery.objects.filter(**of_his)),
    }


def _discussions(rows: QuerySet[Subscription]) -> list[Any]:
    found = list(rows.order_by("pk").select_related("discussion"))
    pages = pages_of([one.discussion for one in found])
    return [
        {
            "discussion": one.discussion_id,
            "title": pages[one.discussion_id].title,
            "page": pages[one.discussion_id].url,
            "is_muted": one.is_muted,
            "created": one.created,
        }
        for one in found
    ]


def _notifications(rows: QuerySet[Delivery]) -> list[Any]:
    found = list(rows.order_by("pk").select_related("discussion"))
    pages = pages_of({one.discussion_id: one.discussion for one in found}.values())
    return [
        {
            "entry": one.entry_id,
            "comment": absolute(permalink(one.entry_id)),
            "title": pages[one.discussion_id].title,
            **{column: getattr(one, column) for column in ("why", "created", "told_at", "read_at")},
        }
        for one in found
    ]


def erase(person: Person, how: Erasure) -> dict[str, int]:
    """Delete all of it."""
    rows = _rows(person)
    pks = list(rows.values_list("pk", flat=True))
    counts = {
        "notifications": Delivery.objects.filter(subscriber__in=pks).delete()[0],
        "discussions": Subscription.objects.filter(subscriber__in=pks).delete()[0],
        "devices": PushDevice.objects.filter(subscriber__in=pks).delete()[0],
    }
    return {"settings": Subscriber.objects.filter(pk__in=pks).delete()[0], **counts}


def _rows(person: Person) -> SubscriberQuerySet:
    whose = Q(user__in=person.user_ids)
    for address in person.addresses:
        at_it = Q(address__iexact=address)
        if own := folded(address):
            at_it |= Q(folded=own)
        whose |= at_it & Q(user=None) if person.is_himself else at_it
    return Subscriber.objects.filter(whose).order_by("pk")


register_holder(Holder(id="notify", label=_("Notifications"), export=export, erase=erase))
