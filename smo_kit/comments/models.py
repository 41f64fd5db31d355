"""What the suite knows of comments: each Entry stands beside a row of django-comments-xtd's own tables."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment

from smo_kit.comments import tree_paths
from smo_kit.comments.people import shown_name
from smo_kit.comments.querysets import ActionQuerySet, EntryQuerySet
from smo_kit.comments.states import State
from smo_kit.core.sayings import spoken
from smo_kit.core.subjects import Key


class Discussion(models.Model):
    """All comments of one subject; of one of its languages if the site wants that."""

    site_id = models.PositiveIntegerField(_("site"), default=1)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=16, blank=True, default="")
    count = models.PositiveIntegerField(_("published comments"), default=0)
    version = models.PositiveBigIntegerField(default=0)
    """Grows with each change that a reader can see: a part of cache keys."""
    last_at = models.DateTimeField(_("last comment"), null=True, blank=True)
    is_open = models.BooleanField(_("open"), null=True, blank=True)
    """An editor's decision for this page; None: as the settings say."""
    options = models.JSONField(_("settings of this page"), default=dict, blank=True)
    """What this page has otherwise than the settings of the site, by their names."""

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        default_permissions = ("change", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["site_id", "content_type", "object_pk", "language"], name="smo_comments_discussion_unique"
            )
        ]
        indexes = [models.Index(fields=["site_id", "-last_at", "-id"], name="smo_comments_discussion_last")]

    title: str = ""
    """That of its page, where somebody has looked it up."""

    def __str__(self) -> str:
        return self.title or f"{self.content_type_id}.{self.object_pk}"

    @property
    def key(self) -> Key:
        """The subject, with the language that the discussion is held in."""
        return Key(self.content_type_id, self.object_pk, self.language)


class Entry(models.Model):
    """A comment's place in the tree, its state, and all that is worked out when it is written, not when it is read."""

    comment = models.OneToOneField(XtdComment, models.CASCADE, primary_key=True, related_name="smo")
    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="entries")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    root_id = models.PositiveIntegerField()
    """The comment that started the thread: itself, if it did."""
    path = models.CharField(max_length=tree_paths.LONGEST, unique=True)
    state = models.CharField(_("state"), max_length=16, choices=State)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    edited_at = models.DateTimeField(_("changed"), null=True, blank=True)
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    html = models.TextField(blank=True)
    """The text as readers see it: made from Markdown and sanitised when it was written."""
    author_mark = models.CharField(max_length=64, blank=True)
    """Stands for the browser that wrote it and can't be turned back: who may change it."""
    person = models.CharField(max_length=64, blank=True, db_index=True)
    """Stands for the account or the address that wrote it and can't be turned back."""
    likes = models.PositiveIntegerField(_("likes"), default=0)
    dislikes = models.PositiveIntegerField(_("dislikes"), default=0)
    score = models.FloatField(default=0)
    """What "best first" sorts by."""
    size = models.PositiveIntegerField(default=0)
    """Published comments below it."""
    reports = models.PositiveIntegerField(_("reports"), default=0)
    spam_score = models.FloatField(_("spam"), null=True, blank=True)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    """Why it is where it is: what each rule said, for moderators, as ``core.sayings`` packs it. Texts: see ``why``."""
    once = models.CharField(max_length=64, unique=True, null=True, blank=True)
    """Stands for what was written where and by whom: the same twice at once (a double click) is one comment.

    None when its text has changed since.
    """
    mentions = models.JSONField(default=list, blank=True)
    """Ids of comments whose authors it speaks to by name."""

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()
        indexes = [
            models.Index(fields=["discussion", "path"], name="smo_comments_entry_path"),
            models.Index(fields=["discussion", "root_id", "path"], name="smo_comments_entry_thread"),
            models.Index(fields=["discussion", "state", "comment"], name="smo_comments_entry_latest"),
            models.Index(fields=["state", "published_at", "spam_score"], name="smo_comments_entry_doubt"),
            models.Index(fields=["state", "reports"], name="smo_comments_entry_reports"),
            # Likes by person are summed up from it alone.
            models.Index(fields=["state", "likes", "discussion", "person", "comment"], name="smo_comments_entry_likes"),
            models.Index(fields=["discussion", "parent", "comment"], name="smo_comments_entry_new"),
            models.Index(fields=["discussion", "parent", "-score", "comment"], name="smo_comments_entry_best"),
            models.Index(fields=["discussion", "state", "-score", "comment"], name="smo_comments_entry_flat_best"),
            models.Index(fields=["discussion", "pinned_at"], name="smo_comments_entry_pinned"),
        ]

    def __str__(self) -> str:
        return str(self.comment_id)

    @property
    def level(self) -> int:
        """How many comments stand above it."""
        return tree_paths.level_of(self.path)

    @property
    def author_name(self) -> str:
        """The name under which it stands, in the active language."""
        return shown_name(self.comment.user_name)

    @property
    def is_published(self) -> bool:
        """Whether readers can see it."""
        return self.state == State.PUBLISHED

    @property
    def why(self) -> list[str]:
        """Its reasons in the active language; plain texts, as older versions kept them, if they are messages."""
        return [gettext(one) if one and isinstance(one, str) else spoken(one) for one in self.reasons]


class Vote(models.Model):
    """One reader's like (1) or dislike (-1)."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)
    """The mark of an account, else of a browser: see ``people.py``."""
    value = models.SmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["entry", "voter"], name="smo_comments_vote_unique")]
        indexes = [models.Index(fields=["voter", "entry"], name="smo_comments_vote_voter")]

    def __str__(self) -> str:
        return f"{self.value:+} {self.entry_id}"


class Report(models.Model):
    """One reader's word that a comment should not be there."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="reported")
    reporter = models.CharField(max_length=64)
    """As a vote's voter."""
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    at = models.DateTimeField(_("date"), auto_now_add=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["entry", "reporter"], name="smo_comments_report_unique")]

    def __str__(self) -> str:
        return self.reason


class Action(models.Model):
    """What was done to a comment, by whom and why: the audit log, and what "undo" goes back along."""

    site_id = models.IntegerField(null=True, editable=False)
    """That of its discussion, so that the log of a site joins nothing; None in rows of versions that had no column."""
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="actions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.CharField(_("action"), max_length=32)
    before = models.CharField(_("before"), max_length=16, blank=True)
    after = models.CharField(_("after"), max_length=16, blank=True)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("date"), auto_now_add=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        default_permissions = ("view",)
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["verb", "id"], name="smo_comments_action_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.entry_id}"


class Origin(models.Model):
    """Where an imported comment comes from: reading its file again finds it there, and adds nothing."""

    site_id = models.PositiveIntegerField(default=1)
    source = models.CharField(_("source"), max_length=32)
    mark = models.CharField(max_length=64)
    """Stands for the page, the id and the date that it had there."""
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="origins")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["site_id", "mark"], name="smo_comments_origin_unique")]

    def __str__(self) -> str:
        return f"{self.source} {self.entry_id}"
