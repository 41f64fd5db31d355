"""Questions to many subscribers, subscriptions and deliveries."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from smo_kit.comments.states import State
from smo_kit.core.settings import site_id

if TYPE_CHECKING:
    from smo_kit.notify.models import Delivery, Subscriber, Subscription  # noqa: F401  # named below as strings


class SubscriberQuerySet(QuerySet["Subscriber"]):
    """People who hear of comments."""

    def here(self) -> SubscriberQuerySet:
        """Return those of this site."""
        return self.filter(site_id=site_id())

    def at(self, address: str) -> SubscriberQuerySet:
        """Return whose proved address, or address that is asked for, this is."""
        return self.here().filter(folded=address.lower())


class SubscriptionQuerySet(QuerySet["Subscription"]):
    """What people follow."""

    def following(self, discussion_id: int) -> SubscriptionQuerySet:
        """Return who wants to hear of every comment of a discussion."""
        return self.filter(discussion=discussion_id, is_muted=False)


class DeliveryQuerySet(QuerySet["Delivery"]):
    """What people are told."""

    def due(self, now: dt.datetime) -> DeliveryQuerySet:
        """Return what a mail is to be made of, the oldest first."""
        return self.filter(due__lte=now).order_by("due", "id")

    def here(self) -> DeliveryQuerySet:
        """Return those for people of this site."""
        return self.filter(subscriber__site_id=site_id())

    def unbound(self) -> DeliveryQuerySet:
        """Return what waits to be put into a mail."""
        return self.filter(due__isnull=False)

    def visible(self) -> DeliveryQuerySet:
        """Return those whose comment readers can see."""
        return self.filter(entry__state=State.PUBLISHED)

    def unread(self) -> DeliveryQuerySet:
        """Return what a member has not seen on the site."""
        return self.visible().filter(read_at__isnull=True)
