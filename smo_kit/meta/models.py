"""Tables of meta: words of an editor's own for a page, and what the drawn card images are made of."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from smo_kit.core.subjects import Key
from smo_kit.meta.querysets import OverrideQuerySet


class Override(models.Model):
    """What an editor wants said of a page in one language instead of the object's own words; empty: those."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=16)
    title = models.CharField(_("title"), max_length=300, blank=True)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    image = models.ImageField(_("picture"), upload_to="smo/pictures", blank=True)
    image_alt = models.CharField(_("what the picture shows"), max_length=500, blank=True)
    template = models.CharField(_("template of the card image"), max_length=64, blank=True)
    focus = models.CharField(_("what must stay of the picture"), max_length=16, blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("words for a page")
        verbose_name_plural = _("words for pages")
        default_permissions = ("change", "view")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_pk", "language"], name="smo_meta_override_unique")
        ]

    def __str__(self) -> str:
        return self.title or f"{self.content_type_id}.{self.object_pk}.{self.language}"

    @property
    def key(self) -> Key:
        """The subject and the language."""
        return Key(self.content_type_id, self.object_pk, self.language)


class CardImage(models.Model):
    """What a drawn card image is made of. Its address is the hash of it, so it never changes."""

    digest = models.CharField(max_length=32, unique=True)
    recipe = models.JSONField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("card image")
        verbose_name_plural = _("card images")
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest
