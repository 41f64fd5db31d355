"""Personal links, and what came of each: who fetched it, how many came by it. No address of a person stays."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smo_kit.core.subjects import Key
from smo_kit.share.rungs import Rung

TOKEN_LENGTH = 22
AGENT_LENGTH = 200


class PersonalLink(models.Model):
    """What one visitor shares of one subject through one network: ``/s/<token>/``."""

    site_id = models.PositiveIntegerField(_("site"), default=1)
    token = models.CharField(_("token"), max_length=TOKEN_LENGTH, unique=True)
    sharer = models.CharField(max_length=64, db_index=True)
    """The mark of an account, else of a browser: see ``core.identities``."""
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=16, blank=True)
    network = models.CharField(_("network"), max_length=32)
    home = models.CharField(max_length=16, blank=True)
    """The daily mark of the address from which its sharer last went out: who comes from there is himself."""
    times = models.PositiveIntegerField(_("went out"), default=0)
    """How often its sharer went out."""
    visits = models.PositiveIntegerField(_("visitors"), default=0)
    """How many others came by it."""
    made = models.DateTimeField(_("made"), auto_now_add=True)
    opened = models.DateTimeField(_("opened"), null=True, blank=True)
    """When its sharer last went out."""
    previewed = models.DateTimeField(_("previewed"), null=True, blank=True)
    verified = models.DateTimeField(_("verified"), null=True, blank=True)
    visited = models.DateTimeField(_("visited"), null=True, blank=True)
    """When it last came to each rung."""

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "sharer", "content_type", "object_pk", "language", "network"],
                name="smo_share_link_unique",
            )
        ]
        indexes = [
            models.Index(fields=["site_id", "content_type", "object_pk"], name="smo_share_link_subject"),
            models.Index(fields=["site_id", "opened"], name="smo_share_link_opened"),
        ]

    def __str__(self) -> str:
        return self.token

    @property
    def key(self) -> Key:
        """The subject, in the language of the page from which it was shared."""
        return Key(self.content_type_id, self.object_pk, self.language)

    def reached(self, since: dt.datetime | None = None) -> Rung | None:
        """Return the highest rung to which it has come, since some time; None: to none."""
        for rung in sorted(Rung, reverse=True):
            at = self.at(rung)
            if at is not None and (since is None or at >= since):
                return rung
        return None

    def at(self, rung: Rung) -> dt.datetime | None:
        """Return when it last came to a rung."""
        found: dt.datetime | None = getattr(self, rung.facet)
        return found


class FormerToken(models.Model):
    """The token of a link that became one with another when its sharer signed in: it is out in the world, and stays."""

    token = models.CharField(max_length=TOKEN_LENGTH, unique=True)
    link = models.ForeignKey(PersonalLink, models.CASCADE, related_name="former_tokens")

    class Meta:
        verbose_name = _("former token")
        verbose_name_plural = _("former tokens")
        default_permissions = ()

    def __str__(self) -> str:
        return self.token


class Fetch(models.Model):
    """A robot that says it is a network's fetched a link: verified outside of its request, by its address."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("not looked at yet")
        CONFIRMED = "confirmed", _("the network's own address")
        REFUTED = "refuted", _("an address of somebody else")
        UNKNOWN = "unknown", _("the network says of no address that it is its own")

    link = models.ForeignKey(PersonalLink, models.CASCADE, related_name="fetches", verbose_name=_("personal link"))
    network = models.CharField(_("network"), max_length=32)
    """Whose robot it says it is; only the link's own network is evidence."""
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    """Emptied as soon as there is a verdict: it may be a person's."""
    agent = models.CharField(max_length=AGENT_LENGTH)
    at = models.DateTimeField(_("date"), default=timezone.now)
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict, default=Verdict.WAITING)

    class Meta:
        verbose_name = _("fetch of a link")
        verbose_name_plural = _("fetches of links")
        default_permissions = ()
        indexes = [
            models.Index(fields=["verdict", "at"], name="smo_share_fetch_waiting"),
            models.Index(fields=["at"], name="smo_share_fetch_at"),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.at:%Y-%m-%d %H:%M}"


class Visit(models.Model):
    """Somebody else came by a link: counted once a day for each address and browser, which are kept as a mark."""

    link = models.ForeignKey(PersonalLink, models.CASCADE, related_name="visitors", verbose_name=_("personal link"))
    who = models.CharField(max_length=64)
    at = models.DateTimeField(_("date"), auto_now_add=True)

    class Meta:
        verbose_name = _("visit by a link")
        verbose_name_plural = _("visits by links")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["link", "who"], name="smo_share_visit_unique")]
        indexes = [models.Index(fields=["at"], name="smo_share_visit_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class AddressRange(models.Model):
    """Addresses that a network publishes as its own: read by a command, never while somebody waits."""

    network = models.CharField(_("network"), max_length=32)
    cidr = models.CharField(_("addresses"), max_length=43)
    read = models.DateTimeField(_("read"), auto_now=True)

    class Meta:
        verbose_name = _("addresses of a network")
        verbose_name_plural = _("addresses of networks")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["network", "cidr"], name="smo_share_range_unique")]

    def __str__(self) -> str:
        return self.cidr
