"""What readers gave, one row from each for a subject, and one row with all of a subject counted."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from smo_kit.core.subjects import Key


class Rated(models.Model):
    """What rows hang on. The kind is a part of it: stars and likes of one subject are never added up."""

    site_id = models.PositiveIntegerField(_("site"), default=1)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=16)

    class Meta:
        abstract = True

    @property
    def key(self) -> Key:
        """The subject."""
        return Key(self.content_type_id, self.object_pk)


class Rating(Rated):
    """What one reader gave."""

    voter = models.CharField(max_length=64, db_index=True)
    """The mark of an account, else of a browser: see ``people.py``."""
    value = models.CharField(_("rating"), max_length=16)
    """``1`` to ``5``, ``like`` or the id of a reaction; "": he has taken it back."""
    at = models.DateTimeField(_("date"), auto_now_add=True)
    changed = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = pgettext_lazy("that one reader gave", "rating")
        verbose_name_plural = _("ratings")
        default_permissions = ("view", "delete")
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "content_type", "object_pk", "kind", "voter"], name="smo_ratings_rating_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Summary(Rated):
    """All ratings of a subject, counted: the one row that pages and lists read."""

    count = models.PositiveIntegerField(_("ratings"), default=0)
    total = models.PositiveIntegerField(default=0)
    """Sum of the stars."""
    values = models.JSONField(_("distribution"), default=dict)
    """How often each value was given."""

    class Meta:
        verbose_name = _("ratings of a page")
        verbose_name_plural = _("ratings of pages")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "content_type", "object_pk", "kind"], name="smo_ratings_summary_unique"
            )
        ]
        indexes = [models.Index(fields=["site_id", "-count"], name="smo_ratings_summary_most")]

    def __str__(self) -> str:
        return f"{self.kind} {self.content_type_id}.{self.object_pk}"

    @property
    def average(self) -> float:
        """Stars, from 1 to 5; 0 for none."""
        return self.total / self.count if self.count and self.kind == "stars" else 0.0

    def add(self, value: str, n: int = 1) -> None:
        """Count a value in (1) or out (-1); "" is none."""
        if not value:
            return
        self.count += n
        self.total += n * int(value) if self.kind == "stars" else 0
        left = self.values.get(value, 0) + n
        self.values = {**self.values, value: left} if left else {k: v for k, v in self.values.items() if k != value}

    def figures(self) -> tuple[int, int, dict[str, Any]]:
        """Return all that a page shows of it."""
        return self.count, self.total, self.values
