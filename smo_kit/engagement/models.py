"""The one table of counts."""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from smo_kit.core.subjects import Key
from smo_kit.engagement.kinds import LENGTH
from smo_kit.engagement.querysets import CountQuerySet

_IDENTITY: Final = ("site_id", "content_type", "object_pk", "kind", "network", "facet", "day")


class Count(models.Model):
    """How often something was done for a subject on a day (UTC), or in a month that began then; not by whom."""

    site_id = models.PositiveIntegerField(_("site"), default=1)
    # No constraint: a hit for a type that was removed meanwhile must not stop those that are written with it.
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    object_pk = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=LENGTH)
    network = models.CharField(_("network"), max_length=LENGTH, blank=True, default="")
    facet = models.CharField(_("facet"), max_length=LENGTH, blank=True, default="")
    day = models.DateField(_("day"))
    n = models.BigIntegerField(_("number"), default=0)

    objects = CountQuerySet.as_manager()

    identity: ClassVar = _IDENTITY
    """The columns that make a row one of its own: the order of a row's key in the upsert."""

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=_IDENTITY, name="smo_engagement_count_unique")]
        indexes = [models.Index(fields=["day"], name="smo_engagement_count_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}: {self.n}"

    @property
    def key(self) -> Key:
        """The subject."""
        return Key(self.content_type_id, self.object_pk)
