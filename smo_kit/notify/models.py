"""Who hears of comments, which discussions he follows, and what he was told."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.models import Discussion, Entry
from smo_kit.core.emails import LENGTH as ADDRESS_LENGTH
from smo_kit.core.emails import as_read
from smo_kit.core.settings import site_id
from smo_kit.core.text import cut
from smo_kit.mail.addresses import MARK_LENGTH
from smo_kit.notify.kinds import Frequency, Why
from smo_kit.notify.querysets import DeliveryQuerySet, SubscriberQuerySet, SubscriptionQuerySet

KEY_LENGTH = 64
SHOWN_LENGTH = 50
"""Letters of an address in a list."""
ENDPOINT_LENGTH = 1000
ERROR_LENGTH = 200


class Subscriber(models.Model):
    """One person: a member, or an address that has said that it wants mail. Both, where one is the other's."""

    site_id = models.PositiveIntegerField(_("site"), default=site_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    address = models.CharField(_("e-mail address"), max_length=ADDRESS_LENGTH, blank=True)
    folded = models.CharField(max_length=ADDRESS_LENGTH, null=True, blank=True, editable=False)  # noqa: DJ001
    """The address in small letters: nobody stands here twice. NULL: a member whose address is not proved."""
    mark = models.CharField(max_length=MARK_LENGTH, blank=True, editable=False)
    """What stands for ``folded`` in links that end mails: they find who has the address by now."""
    confirmed_at = models.DateTimeField(_("address proved"), null=True, blank=True)
    """When he has shown that the address is his; without it he gets no mail but the one that asks."""
    language = models.CharField(_("language"), max_length=16, blank=True)
    frequency = models.CharField(_("mail"), max_length=16, choices=Frequency, default=Frequency.INSTANT)
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    replies = models.BooleanField(_("answers to own comments"), default=False)
    """A guest hears of them when he has asked for it; a member does from the beginning, on the site."""
    own_pages = models.BooleanField(_("comments on own pages"), default=True)
    generation = models.PositiveIntegerField(default=0, editable=False)
    """Links of older generations don't work: somebody else may have them by a forwarded mail."""
    browsers = models.JSONField(default=list, blank=True, editable=False)
    """Marks of the browsers in which he has proved the address: they need not do it again."""
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    """Since when he wants no mail at all."""
    created = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        default_permissions = ("change", "delete", "view")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site_id", "folded"], name="smo_notify_subscriber_address"),
            models.UniqueConstraint(fields=["site_id", "user"], name="smo_notify_subscriber_user"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mark"], name="smo_notify_subscriber_mark"),
            models.Index(fields=["confirmed_at", "created"], name="smo_notify_subscriber_unproved"),
            models.Index(fields=["ended_at"], name="smo_notify_subscriber_ended"),
        ]

    def __repr__(self) -> str:
        return f"<Subscriber: {self.pk}>"  # a log is no place for an address

    def __str__(self) -> str:
        return cut(as_read(self.address), SHOWN_LENGTH) or str(self.user)


class Subscription(models.Model):
    """A discussion that somebody follows, or wants to hear nothing of."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="+")
    is_muted = models.BooleanField(_("muted"), default=False)
    """Nothing of this discussion, not even answers."""
    created = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        default_permissions = ("delete", "view")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscriber", "discussion"], name="smo_notify_subscription_unique")
        ]
        indexes: ClassVar = [models.Index(fields=["discussion", "is_muted", "id"], name="smo_notify_subscription_all")]

    def __str__(self) -> str:
        return f"{self.subscriber} → {self.discussion}"


class Wish(models.Model):
    """A guest wants to hear of answers to a comment that waits for his word that he wrote it."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="+")
    is_whole = models.BooleanField(default=False)
    """Of the whole discussion."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.entry_id)


class Announcement(models.Model):
    """A published comment that subscribers are to hear of: the one row that is written when it is published."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="+")
    cursor = models.BigIntegerField(default=0)
    """The last subscription that a delivery was made for; workers go on after it."""
    created = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(default=timezone.now)
    """When a worker is to take it up: at once, later where one has failed."""

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["due"], name="smo_notify_announcement_due")]

    def __str__(self) -> str:
        return str(self.entry_id)


class Delivery(models.Model):
    """One comment for one person, whom it tells no second time."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="deliveries")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="+")
    """The comment's: mails are grouped by it."""
    why = models.CharField(_("reason"), max_length=16, choices=Why)
    created = models.DateTimeField(_("date"), default=timezone.now)
    due = models.DateTimeField(null=True, blank=True)
    """When a mail is to be made of it, at the latest; NULL: none, or it is in one."""
    mail_key = models.CharField(max_length=KEY_LENGTH, blank=True, default="")
    """The key of the mail that is to tell it; "": none yet."""
    told_at = models.DateTimeField(null=True, blank=True)
    """When it was written into a mail that went out."""
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    """When the member has seen it on the site."""

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "subscriber"], name="smo_notify_delivery_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["due", "id"], name="smo_notify_delivery_due"),
            models.Index(fields=["subscriber", "-id"], name="smo_notify_delivery_inbox"),
            models.Index(fields=["subscriber", "read_at"], name="smo_notify_delivery_unread"),
            models.Index(fields=["mail_key"], name="smo_notify_delivery_mail"),
            models.Index(fields=["created"], name="smo_notify_delivery_created"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.subscriber_id}"


class PushDevice(models.Model):
    """A browser that shows a member's notifications by itself (RFC 8030): where its push service takes them."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="devices")
    endpoint = models.CharField(max_length=ENDPOINT_LENGTH)
    mark = models.CharField(max_length=64, unique=True)
    """SHA-256 of the endpoint, which is too long for an index: a browser belongs to whom it was given last."""
    p256dh = models.CharField(max_length=128)
    auth = models.CharField(max_length=64)
    """The browser's public key and its secret, as it says them (base64url, RFC 8291)."""
    language = models.CharField(_("language"), max_length=16, blank=True)
    created = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    last_error = models.CharField(_("last error"), max_length=ERROR_LENGTH, blank=True)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        default_permissions = ("delete", "view")

    def __str__(self) -> str:
        return urlsplit(self.endpoint).netloc


class Push(models.Model):
    """One comment for one device, which shows it no second time."""

    device = models.ForeignKey(PushDevice, models.CASCADE, related_name="pushes")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(null=True, default=timezone.now)
    """When it is to be sent; NULL: it was, or was given up."""
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["device", "entry"], name="smo_notify_push_once")]
        indexes: ClassVar = [models.Index(fields=["due", "id"], name="smo_notify_push_due")]

    def __str__(self) -> str:
        return f"{self.entry_id} → {self.device_id}"
