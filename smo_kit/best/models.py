"""What the index knows of each page, what is offered beside it, what readers made of that, and what editors want."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from smo_kit.best.layouts import BLOCK_LENGTH
from smo_kit.best.periods import PERIOD_LENGTH
from smo_kit.best.querysets import NeighbourQuerySet, PickQuerySet, ScoreQuerySet, TextQuerySet
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

SCALE: Final = 10_000
"""Parts of a weight, and of a similarity: whole numbers, so that every sum of them is exact."""
PK: Any = {"max_length": 64}
LOOSE: Any = {"on_delete": models.DO_NOTHING, "db_constraint": False}
"""Rows are written by the hundred thousand, and go when ``receivers`` hears that a card went: a join leaves out those
of a card that is gone."""


class Text(models.Model):
    """A card's text as the index has read it. A card has none yet, or is of a kind that is never offered."""

    card = models.OneToOneField(CardRow, primary_key=True, related_name="smo_text", **LOOSE)
    language = models.CharField(max_length=16, db_index=True)
    digest = models.CharField(max_length=32, blank=True)
    """Of title, text and tags as they were last heard of."""
    bag = models.BinaryField(default=bytes)
    """The terms with their counts: ``words.Bag`` packed. What it takes to weigh the page anew without its text."""
    length = models.FloatField(default=0)
    """Of all its weights before they are made a unit: see ``weighing.length_of``."""
    words = models.JSONField(default=list)
    """The strongest words, as a person reads them."""
    due = models.DateTimeField(null=True, db_index=True)
    """Since when it waits to be read again; None: it does not. In the future: it can't be read, and is tried then."""
    unranked = models.DateTimeField(null=True, db_index=True)
    """Since when its neighbours wait to be put in order again; None: they don't."""
    ranked = models.DateTimeField(null=True, db_index=True)
    """When its neighbours were last put in order; None: never yet."""
    offered = models.BooleanField(default=True)
    """False: an editor wants it offered nowhere."""

    objects = TextQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"text of {self.pk}"


class Frequency(models.Model):
    """In how many texts of a language a term stands."""

    language = models.CharField(max_length=16)
    term = models.IntegerField()
    """Hash of the stem, 32 bits with a sign; ``EVERY`` counts all texts."""
    n = models.IntegerField(default=0)

    EVERY = 0

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["language", "term"], name="smo_best_frequency_unique")]

    def __str__(self) -> str:
        return f"{self.language} {self.term}: {self.n}"


class Posting(models.Model):
    """One of the strongest terms of a text, with its weight: a ``weighing.Vector`` lies in some 40 of them."""

    pk = models.CompositePrimaryKey("card_id", "term")
    card = models.ForeignKey(CardRow, db_index=False, related_name="+", **LOOSE)
    term = models.IntegerField()
    weight = models.IntegerField()
    """In parts of ``SCALE``."""

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["term", "card", "weight"], name="smo_best_posting_term")]

    def __str__(self) -> str:
        return f"{self.term} in {self.card_id}: {self.weight}"


class Neighbour(models.Model):
    """A page that may be offered beside another."""

    card = models.ForeignKey(CardRow, db_index=False, related_name="+", **LOOSE)
    other = models.ForeignKey(CardRow, related_name="+", **LOOSE)
    similarity = models.IntegerField(default=0)
    """Of the two texts, in parts of ``SCALE``; 0: it is here for another reason."""
    place = models.SmallIntegerField(null=True)
    """The order in which it is offered, from 0; None: it is known, and not offered."""
    reason = models.CharField(max_length=16, blank=True)
    """Id of a ``suggestions.Reason``."""
    detail = models.CharField(max_length=200, blank=True)
    """What the reason speaks of: the tags or words that both have, the author."""
    worth = models.SmallIntegerField(default=0)
    """How much a try of it is worth, beside others: good as it may be, and little as is known of it."""

    objects = NeighbourQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["card", "other"], name="smo_best_neighbour_unique")]
        indexes = [models.Index(fields=["card", "place"], name="smo_best_neighbour_place")]

    def __str__(self) -> str:
        return f"{self.other_id} beside {self.card_id}"


class Tagged(models.Model):
    """A tag of a card, so that a list can ask for it."""

    card = models.ForeignKey(CardRow, related_name="+", **LOOSE)
    tag = models.CharField(max_length=400)
    """As ``tag_names.folded`` writes it."""

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["tag", "card"], name="smo_best_tagged_tag")]

    def __str__(self) -> str:
        return self.tag


_PAIR: Final = ("site_id", "first_type_id", "first_pk", "second_type_id", "second_pk", "week")
_OFFER: Final = ("site_id", "week", "block", "page_type_id", "page_pk", "shown_type_id", "shown_pk", "position")


class Pair(models.Model):
    """How often two subjects were read one after the other in one tab, in a week. It does not know by whom."""

    site_id = models.PositiveIntegerField(default=1)
    first_type_id = models.PositiveIntegerField()
    first_pk = models.CharField(**PK)
    second_type_id = models.PositiveIntegerField()
    second_pk = models.CharField(**PK)
    """The greater of the two keys: a pair stands here once."""
    week = models.DateField()
    """Its Monday (UTC)."""
    n = models.PositiveIntegerField(default=0)

    identity: ClassVar = _PAIR

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=_PAIR, name="smo_best_pair_unique")]
        indexes = [models.Index(fields=["site_id", "second_type_id", "second_pk"], name="smo_best_pair_second")]

    def __str__(self) -> str:
        return f"{self.first_pk} and {self.second_pk}: {self.n}"


class Offer(models.Model):
    """How often a page was seen in a block of another page, at one place of it, in a week; and how often followed."""

    site_id = models.PositiveIntegerField(default=1)
    week = models.DateField(_("week"))
    """Its Monday (UTC)."""
    block = models.CharField(_("block"), max_length=BLOCK_LENGTH)
    """``related`` or ``best``, with its layout."""
    page_type_id = models.PositiveIntegerField()
    page_pk = models.CharField(**PK)
    """Where the block stood; 0 and "": on a page without a subject."""
    shown_type_id = models.PositiveIntegerField()
    shown_pk = models.CharField(**PK)
    position = models.SmallIntegerField(_("place"))
    """From 0."""
    shown = models.PositiveBigIntegerField(_("shown"), default=0)
    clicked = models.PositiveBigIntegerField(_("clicked"), default=0)

    identity: ClassVar = _OFFER

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("clicks on offers")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=_OFFER, name="smo_best_offer_unique")]
        indexes = [
            models.Index(fields=["site_id", "shown_type_id", "shown_pk"], name="smo_best_offer_shown"),
            models.Index(fields=["site_id", "page_type_id", "page_pk"], name="smo_best_offer_page"),
        ]

    def __str__(self) -> str:
        return f"{self.shown_pk} beside {self.page_pk}: {self.clicked} of {self.shown}"


class Score(models.Model):
    """How good a card is by what people did in a period."""

    site_id = models.PositiveIntegerField(default=1)
    card = models.ForeignKey(CardRow, related_name="+", **LOOSE)
    period = models.CharField(max_length=PERIOD_LENGTH)
    score = models.FloatField()

    objects = ScoreQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["site_id", "period", "card"], name="smo_best_score_unique")]
        indexes = [models.Index(fields=["site_id", "period", "-score"], name="smo_best_score_order")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.period}: {self.score:.2f}"


class _OfSubject(models.Model):
    """A row that hangs on a subject, in all its languages."""

    site_id = models.PositiveIntegerField(_("site"), default=site_id, editable=False)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(**PK)

    class Meta:
        abstract = True

    @property
    def key(self) -> Key:
        """The subject."""
        return Key(self.content_type_id, self.object_pk)


class Pick(_OfSubject):
    """What an editor wants everywhere: a page that stands before the best, or one that is offered nowhere."""

    class Verb(models.TextChoices):
        PICK = "pick", _("Editors' pick: before all others")
        NEVER = "never", _("Offered nowhere")

    verb = models.CharField(_("what"), max_length=8, choices=Verb, default=Verb.PICK)
    place = models.PositiveSmallIntegerField(_("order"), default=0)
    since = models.DateTimeField(_("from"), null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    title = ""
    """The page's, where somebody has looked it up."""

    objects = PickQuerySet.as_manager()

    class Meta:
        verbose_name = _("editors' pick")
        verbose_name_plural = _("editors' picks")
        ordering = ("place", "pk")
        constraints = [
            models.UniqueConstraint(fields=["site_id", "content_type", "object_pk"], name="smo_best_pick_unique")
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.title or self.object_pk}"


class Curation(_OfSubject):
    """What an editor wants beside one page."""

    only = models.BooleanField(_("only these"), default=False, help_text=_("Nothing else is offered beside this page."))

    class Meta:
        verbose_name = _("choice by hand")
        verbose_name_plural = _("what stands beside pages")
        constraints = [
            models.UniqueConstraint(fields=["site_id", "content_type", "object_pk"], name="smo_best_curation_unique")
        ]

    def __str__(self) -> str:
        return self.object_pk


class Choice(models.Model):
    """One page that is always, or never, offered beside another."""

    class Verb(models.TextChoices):
        PIN = "pin", _("Always")
        HIDE = "hide", _("Never")

    curation = models.ForeignKey(Curation, models.CASCADE, related_name="choices")
    verb = models.CharField(_("offered"), max_length=8, choices=Verb, default=Verb.PIN)
    place = models.PositiveSmallIntegerField(_("order"), default=0)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_pk = models.CharField(**PK)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ("place", "pk")
        constraints = [
            models.UniqueConstraint(fields=["curation", "content_type", "object_pk"], name="smo_best_choice_unique")
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.object_pk}"

    @property
    def key(self) -> Key:
        """The page that is chosen."""
        return Key(self.content_type_id, self.object_pk)


class Rebuild(models.Model):
    """How far the rebuild of the index has come: one row of the database's one index."""

    start = models.CharField(max_length=16)
    """The phase it has begun with: ``read``, or ``weigh`` if the texts themselves were not read."""
    phase = models.CharField(max_length=16)
    after = models.BigIntegerField(default=0)
    """The last card that this phase has done."""
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    began = models.DateTimeField(db_default=Now())
    touched = models.DateTimeField(auto_now=True)
    finished = models.DateTimeField(null=True)
    """None while it runs, or after it was interrupted."""
    weighed = models.PositiveIntegerField(default=0)
    """Texts that the last whole rebuild has weighed: once there are many more, weights are due anew."""

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.phase} {self.done}/{self.total}"
