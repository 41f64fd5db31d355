"""What the filter has learned, and whom the site trusts. No text and no address is kept: hashes only."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import site_id
from smo_kit.spam.querysets import PrintQuerySet, ReputationQuerySet


class Model(models.Model):
    """A trained model as one packed blob; the newest of a site counts. Site 0: for every site of the database."""

    site_id = models.PositiveIntegerField(_("site"), default=site_id, editable=False)
    made = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    data = models.BinaryField()
    figures = models.JSONField(_("figures"), default=dict, editable=False)
    """What it was made from, and how well it did: shown to people."""

    class Meta:
        verbose_name = _("trained model")
        verbose_name_plural = _("trained models")
        default_permissions = ("view", "delete")
        indexes = [models.Index(fields=["site_id", "-made"], name="smo_spam_model_newest")]

    def __str__(self) -> str:
        return f"{self.made:%Y-%m-%d %H:%M}"


class Decision(models.Model):
    """What a moderator said of a text: its hashed traits and the verdict, nothing that could be read."""

    site_id = models.PositiveIntegerField(_("site"), default=site_id, editable=False)
    mark = models.CharField(max_length=32)
    """Hash of the text in plain letters: deciding anew replaces what was said before."""
    is_spam = models.BooleanField(_("spam"))
    language = models.CharField(_("language"), max_length=16, blank=True, default="")
    features = models.BinaryField()
    """Packed ids of ``features.VERSION``."""
    version = models.PositiveSmallIntegerField()
    by_hand = models.FloatField(default=0.0)
    """Log-odds by the rules alone."""
    before = models.FloatField(_("score before"), default=0.5)
    """What was thought of it before it was told."""
    made = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ("view", "delete")
        constraints = [models.UniqueConstraint(fields=["site_id", "mark"], name="smo_spam_decision_unique")]
        indexes = [models.Index(fields=["site_id", "-made"], name="smo_spam_decision_newest")]

    def __str__(self) -> str:
        return f"{self.made:%Y-%m-%d %H:%M}: {self.is_spam}"


class Print(models.Model):
    """The fingerprint of a text that was sent in, and of what it belongs to: finds repeats and look-alikes."""

    site_id = models.PositiveIntegerField(default=site_id)
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+", db_constraint=False)
    object_pk = models.CharField(max_length=64, blank=True, default="")
    sketch = models.BinaryField()
    """Its smallest hashes (MinHash): the share that two sketches have in common is how alike the texts are."""
    made = models.DateTimeField(default=timezone.now)

    objects = PrintQuerySet.as_manager()

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        default_permissions = ()
        indexes = [
            models.Index(fields=["site_id", "made"], name="smo_spam_print_newest"),
            models.Index(fields=["content_type", "object_pk"], name="smo_spam_print_object"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}.{self.object_pk}"


class Band(models.Model):
    """A piece of a sketch, by which look-alikes are found without comparing with all."""

    of = models.ForeignKey(Print, models.CASCADE, related_name="bands")
    value = models.BigIntegerField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.value)


class Reputation(models.Model):
    """What became of what somebody wrote here. ``who`` is an HMAC of his account or e-mail address."""

    site_id = models.PositiveIntegerField(default=site_id, editable=False)
    who = models.CharField(max_length=64, editable=False)
    label = models.CharField(_("known as"), max_length=100, blank=True, default="")
    """For a moderator: a name, or an address with most of it left out."""
    published = models.PositiveIntegerField(_("published"), default=0)
    removed = models.PositiveIntegerField(_("removed"), default=0)
    spam = models.PositiveIntegerField(_("spam"), default=0)
    trusted = models.BooleanField(_("trusted"), default=False)
    banned = models.BooleanField(_("banned"), default=False)
    seen = models.DateTimeField(_("seen"), default=timezone.now)

    objects = ReputationQuerySet.as_manager()

    outcomes: ClassVar = ("published", "removed", "spam")

    class Meta:
        verbose_name = _("author's reputation")
        verbose_name_plural = _("authors' reputations")
        default_permissions = ("change", "view", "delete")
        constraints = [models.UniqueConstraint(fields=["site_id", "who"], name="smo_spam_reputation_unique")]
        indexes = [
            models.Index(fields=["site_id", "-seen"], name="smo_spam_reputation_seen"),
            models.Index(fields=["site_id", "banned", "-seen"], name="smo_spam_reputation_banned"),
            models.Index(fields=["site_id", "trusted", "-seen"], name="smo_spam_reputation_trusted"),
        ]
        ordering = ["-seen"]

    def __str__(self) -> str:
        return self.label or self.who[:8]
