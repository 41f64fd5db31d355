"""The outbox, and who wants no mail."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smo_kit.core.emails import LENGTH as ADDRESS_LENGTH
from smo_kit.core.settings import site_id
from smo_kit.mail.addresses import MARK_LENGTH
from smo_kit.mail.kinds import LENGTH as KIND_LENGTH
from smo_kit.mail.querysets import MailQuerySet, SuppressionQuerySet


class State(models.TextChoices):
    """How far a mail has come."""

    WAITING = "waiting", _("waiting")
    CLAIMED = "claimed", _("being sent")
    SENT = "sent", _("sent")
    DEAD = "dead", _("dead letter")
    SKIPPED = "skipped", _("skipped")
    RECALLED = "recalled", _("recalled")


class Mail(models.Model):
    """One mail to one address. Workers claim it for a while (a lease) and mark it when the mail server has it."""

    site_id = models.PositiveIntegerField(_("site"), default=site_id, editable=False)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.WAITING)
    kind = models.CharField(_("kind"), max_length=KIND_LENGTH)
    key = models.CharField(_("key"), max_length=200, null=True, blank=True)  # noqa: DJ001  # NULLs are not equal
    to = models.CharField(_("to"), max_length=ADDRESS_LENGTH)
    reply_to = models.CharField(_("answers to"), max_length=ADDRESS_LENGTH, blank=True)
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"), blank=True)
    html = models.TextField("HTML", blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    """Why the recipient gets it, as the mail says."""
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    message_id = models.CharField("Message-ID", max_length=255)
    """The same at each try, so that a mail program shows a mail once that went out twice."""
    created = models.DateTimeField(_("written"), auto_now_add=True)
    due = models.DateTimeField(_("due"))
    tries = models.PositiveSmallIntegerField(_("failed tries"), default=0)
    owner = models.CharField(_("worker"), max_length=64, blank=True)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    sent = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.TextField(_("what was said last"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        default_permissions = ("change", "delete", "view")
        constraints = [models.UniqueConstraint(fields=["site_id", "key"], name="smo_mail_mail_key")]
        indexes = [
            models.Index(fields=["state", "due", "id"], name="smo_mail_mail_due"),
            models.Index(fields=["message_id"], name="smo_mail_mail_message"),
            models.Index(fields=["to"], name="smo_mail_mail_to"),
        ]

    def __str__(self) -> str:
        return self.subject


class Suppression(models.Model):
    """An address that gets no mail of a kind. Only its mark is kept, which outlives that the person is forgotten."""

    mark = models.CharField(_("mark"), max_length=MARK_LENGTH)
    kind = models.CharField(_("kind"), max_length=KIND_LENGTH, blank=True)
    """Empty: all kinds that heed it."""
    reason = models.CharField(_("reason"), max_length=32)
    created = models.DateTimeField(_("since"), auto_now_add=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        default_permissions = ("add", "delete", "view")
        constraints = [models.UniqueConstraint(fields=["mark", "kind"], name="smo_mail_suppression_unique")]

    def __str__(self) -> str:
        return f"{self.mark[:12]}…"


class Bounce(models.Model):
    """A mail came back from an address that may exist. Several within a month suppress it; only its mark is kept."""

    mark = models.CharField(_("mark"), max_length=MARK_LENGTH)
    source = models.CharField(max_length=MARK_LENGTH, unique=True)
    """What told of it, so that it counts once however often it is told."""
    at = models.DateTimeField(default=timezone.now)
    is_hard = models.BooleanField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["mark", "at"], name="smo_mail_bounce_mark")]

    def __str__(self) -> str:
        return f"{self.mark[:12]}…"
