"""Locks: their terms, where what they hide is found, who has opened them by what, and how often."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any, Final

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.lock import storage
from smo_kit.lock.querysets import OpeningQuerySet
from smo_kit.lock.refs import Ref

SKEW: Final = dt.timedelta(minutes=1)
"""That clocks of one site may differ by."""

NAME_LENGTH = 60


class Lock(models.Model):
    """One lock: a subject and a name. It comes into being when its page is shown, and an editor gives it terms."""

    site_id = models.PositiveIntegerField(_("site"), default=1)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(max_length=64)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    is_on = models.BooleanField(_("closed"), default=True, help_text=_("If not, everybody reads what it hides."))
    starts = models.DateTimeField(_("from"), null=True, blank=True, help_text=_("Before that it is open to everybody."))
    ends = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("After that it is open to everybody."))
    options = models.JSONField(_("terms"), default=dict, blank=True)
    """Settings of LockConf that an editor has set for this lock: they go before its tag's and the site's."""
    made = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("lock")
        verbose_name_plural = _("locks")
        default_permissions = ("view", "change", "delete")
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "content_type", "object_pk", "name"], name="smo_lock_lock_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> Key:
        """The subject."""
        return Key(self.content_type_id, self.object_pk)

    @property
    def last_spot(self) -> Spot | None:
        """Where it was shown last; of a prefetched lock without a query."""
        return max(self.spots.all(), key=lambda one: (one.seen, one.pk), default=None)


class Spot(models.Model):
    """Where the hidden part of a lock is found: in each language of its subject, and in each form that a site uses."""

    lock = models.ForeignKey(Lock, models.CASCADE, related_name="spots", verbose_name=_("lock"))
    language = models.CharField(_("language"), max_length=16, blank=True)
    source = models.CharField(_("form"), max_length=16)
    """``view``, ``field``, ``page``, ``plugin``, ``file``: see ``sources.py``."""
    where = models.CharField(max_length=255)
    """What the source finds it by: a path, a field of an object, a plugin, a file."""
    path = models.CharField(_("page"), max_length=255, blank=True)
    """The page on which it was last shown."""
    options = models.JSONField(default=dict, blank=True)
    """What the tag or the plugin says of the terms."""
    holds = models.BooleanField(default=True)
    """Whether these terms hold: not after another place has said something new, until it is shown again."""
    seen = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("place of a lock")
        verbose_name_plural = _("places of locks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["lock", "language", "source", "where"], name="smo_lock_spot_unique")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.where}"

    @property
    def ref(self) -> Ref:
        """The lock as this place prints it."""
        return Ref(self.lock.key.speaking(self.language), self.lock.name, self.source, self.where, self.path)


class Opening(models.Model):
    """What one reader did to open one lock by one way: when he began, and when it opened to him, if it did."""

    lock = models.ForeignKey(Lock, models.CASCADE, related_name="openings", verbose_name=_("lock"))
    opener = models.CharField(max_length=64, db_index=True)
    """The mark of an account, else of a browser: see ``core.identities``."""
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    way = models.CharField(_("way"), max_length=16)
    network = models.CharField(_("network"), max_length=32, blank=True)
    variant = models.CharField(_("teaser"), max_length=1, blank=True)
    """``a`` or ``b``: which teaser stood there; "": there was but one."""
    tried = models.DateTimeField(_("tried"))
    opened = models.DateTimeField(_("opened"), null=True, blank=True)
    until = models.DateTimeField(_("open until"), null=True, blank=True)
    """When it closes again; None of an opened one: never."""

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        default_permissions = ("view", "delete")
        constraints = [
            models.UniqueConstraint(fields=["lock", "opener", "way", "network"], name="smo_lock_opening_unique")
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.network}".strip()

    def has_run_out(self, now: dt.datetime, fresh: dt.timedelta) -> bool:
        """Say whether it begins anew when it is tried again: it was open once, or came to nothing for so long.

        One that was begun in the future has been begun before a clock was set right; a moment ahead is another
        machine's clock, or a press at the same time.
        """
        if self.opened is not None:
            return self.until is not None and self.until <= now
        return not now - fresh <= self.tried <= now + SKEW


class Count(models.Model):
    """How often a lock was shown, tried and opened on a day; never by whom."""

    lock = models.ForeignKey(Lock, models.CASCADE, related_name="counts", verbose_name=_("lock"))
    day = models.DateField(_("day"))
    what = models.CharField(max_length=8)
    """``shown``, ``tried``, ``opened``; of a file also ``got``."""
    way = models.CharField(_("way"), max_length=16, blank=True)
    network = models.CharField(_("network"), max_length=32, blank=True)
    variant = models.CharField(_("teaser"), max_length=1, blank=True)
    n = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("count of a lock")
        verbose_name_plural = _("counts of locks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["lock", "day", "what", "way", "network", "variant"], name="smo_lock_count_unique"
            )
        ]
        indexes = [models.Index(fields=["day"], name="smo_lock_count_day")]

    identity = ("lock", "day", "what", "way", "network", "variant")
    """The fields that name a row, for ``engagement.upsert``."""

    def __str__(self) -> str:
        return f"{self.day} {self.what}"


class Download(models.Model):
    """A file that readers get after conditions: one row for all languages, or one for each that has its own file."""

    site_id = models.PositiveIntegerField(_("site"), default=site_id, editable=False)
    slug = models.SlugField(
        _("short name"),
        max_length=NAME_LENGTH - len("file:"),
        help_text=_(
            "By this a page offers it: as the block “Download”, or by {% smo_download %} in a template. Files of one "
            "short name are one in several languages."
        ),
    )
    language = models.CharField(_("language"), max_length=16, blank=True)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("description"), max_length=1000, blank=True, help_text=_("Everybody may read it."))
    file = models.FileField(_("file"), storage=storage.private_storage, upload_to=storage.upload_to, max_length=255)
    name = models.CharField(
        _("name of the file"),
        max_length=storage.NAME_LENGTH,
        blank=True,
        help_text=_("What it is called on the reader's device. Empty: as it was uploaded."),
    )
    type = models.CharField(_("type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    """Of its bytes: a download that broke off goes on only with the same ones."""
    is_on = models.BooleanField(_("given"), default=True, help_text=_("If not, links that are out do not work either."))
    per_day = models.PositiveSmallIntegerField(
        _("downloads of a person in a day"), default=10, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    per_link = models.PositiveSmallIntegerField(
        _("downloads by one link"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("To go on with one that broke off is none."),
    )
    expires_minutes = models.PositiveIntegerField(
        _("minutes that a link works"), default=60, validators=[MinValueValidator(1), MaxValueValidator(60 * 24 * 30)]
    )
    options = models.JSONField(_("terms"), default=dict, blank=True)
    """Settings of LockConf that hold wherever the file is offered: they go before its tag's."""
    made = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        constraints = [models.UniqueConstraint(fields=["site_id", "slug", "language"], name="smo_lock_download_unique")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a new file is measured, and the one that it takes the place of is deleted."""
        old = type(self)._base_manager.filter(pk=self.pk).values_list("file", flat=True).first() if self.pk else None
        file: Any = self.file
        is_new = bool(file) and (not file._committed or file.name != old)
        if is_new:
            self.size, self.sha256 = file.size, _digest(file)
        self.name = storage.readable_name(self.name, file.name or "")
        self.type = storage.type_of(self.name)
        super().save(*args, **kwargs)
        if old and is_new:
            transaction.on_commit(lambda: file.storage.delete(old), robust=True)


def _digest(file: Any) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    if file._committed:
        file.close()
    else:
        file.seek(0)
    return digest.hexdigest()
