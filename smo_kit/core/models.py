"""Tables of the suite's core: the snapshot of every card, pages without an object, what editors set."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from smo_kit.core.cards import ADDRESS_LENGTH, KIND_LENGTH, Card, Picture, PlainText
from smo_kit.core.querysets import CardRowQuerySet
from smo_kit.core.subjects import PATH_LENGTH, Key


class Place(models.Model):
    """A page without an object: the front page, a list, a contact form."""

    site_id = models.PositiveIntegerField(_("site"), default=1)
    path = models.CharField(
        _("path"),
        max_length=PATH_LENGTH,
        validators=[RegexValidator(r"^/")],
        help_text=_("Without the language: /about/, not /en/about/."),
    )

    words = models.JSONField(default=dict, editable=False)
    """Title, summary and kind of its own card by language, as its view last said it."""

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [models.UniqueConstraint(fields=["site_id", "path"], name="smo_core_place_unique")]

    def __str__(self) -> str:
        return self.path


class CardRow(models.Model):
    """A snapshot of a card: one for each subject and language. Lists read it instead of calling card functions."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=16)
    source_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    source_pk = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=KIND_LENGTH, default="article")
    url = models.CharField(_("address"), max_length=ADDRESS_LENGTH)
    title = models.CharField(_("title"), max_length=1000)
    summary = models.TextField(_("description"), blank=True)
    image_url = models.CharField(_("picture"), max_length=ADDRESS_LENGTH, blank=True)
    image_width = models.PositiveIntegerField(default=0)
    image_height = models.PositiveIntegerField(default=0)
    image_mime = models.CharField(max_length=50, blank=True)
    image_alt = models.TextField(blank=True)
    author = models.CharField(_("author"), max_length=1000, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    tags = models.JSONField(_("tags"), default=list, blank=True)
    published = models.DateTimeField(_("published"), null=True, blank=True)
    modified = models.DateTimeField(_("modified"), null=True, blank=True)
    free = models.BooleanField(default=True)

    objects = CardRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_pk", "language"], name="smo_core_cardrow_unique")
        ]
        indexes = [
            models.Index(fields=["source_type", "source_pk"], name="smo_core_cardrow_source"),
            models.Index(fields=["language", "-published"], name="smo_core_cardrow_newest"),
            models.Index(fields=["-published", "-id"], name="smo_core_cardrow_all_newest"),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def key(self) -> Key:
        """The subject and the language."""
        return Key(self.content_type_id, self.object_pk, self.language)

    def as_card(self) -> Card:
        """Return the card as it was when the snapshot was made; without text, alternates and video."""
        picture = Picture(self.image_url, self.image_width, self.image_height, self.image_mime)
        same = (
            "url",
            "title",
            "image_alt",
            "author",
            "tags",
            "published",
            "modified",
            "language",
            "kind",
            "free",
        )
        image = picture if self.image_url else None
        return Card(image=image, summary=PlainText(self.summary), **{name: getattr(self, name) for name in same})

    @staticmethod
    def columns_of(card: Card) -> dict[str, Any]:
        """Return the columns that hold a card."""
        picture = card.image if isinstance(card.image, Picture) else Picture(card.image_url)
        same = ("url", "title", "summary", "image_alt", "author", "published", "modified", "kind", "free")
        return {
            **{name: getattr(card, name) for name in same},
            "tags": list(card.tags),
            "owner_id": getattr(card.owner, "pk", None),
            "image_url": picture.url,
            "image_width": picture.width,
            "image_height": picture.height,
            "image_mime": picture.mime,
        }


class Settings(models.Model):
    """What editors have set for one app of one site: only what differs from the code."""

    site_id = models.PositiveIntegerField(default=1)
    app = models.CharField(max_length=32)
    data = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("settings")
        verbose_name_plural = _("settings")
        default_permissions = ("change", "view")
        constraints = [models.UniqueConstraint(fields=["site_id", "app"], name="smo_core_settings_unique")]

    def __str__(self) -> str:
        return self.app


class Audit(models.Model):
    """The last audit of a whole site: what ran it last, a person in the admin or ``smo_audit``."""

    site_id = models.PositiveIntegerField(unique=True)
    started = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    finished = models.DateTimeField(null=True)
    """None while it runs."""
    report = models.JSONField(default=dict)
    """As ``core.audit_report`` describes it; that of the run before while one runs."""

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audit")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.started)


class PersonalRequest(models.Model):
    """What was done with the data of one person, by whom and when. The address is not kept, only its mark."""

    site_id = models.PositiveIntegerField(default=1)
    mark = models.CharField(max_length=64)
    verb = models.CharField(_("action"), max_length=16)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    """None: who ran ``smo_person``."""
    figures = models.JSONField(default=dict)
    """How much of what, by holder."""
    at = models.DateTimeField(_("date"), auto_now_add=True)

    class Meta:
        verbose_name = _("personal data")
        verbose_name_plural = _("personal data")
        default_permissions = ()
        permissions = [("handle_personal_data", _("Can export and erase what is kept of a person"))]
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.verb} {self.mark[:12]}…"


class Kept(models.Model):
    """What a visitor had typed before he went to sign in: see ``core.kept``."""

    site_id = models.PositiveIntegerField(default=1)
    mark = models.CharField(max_length=64, unique=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.mark[:12]}…"
