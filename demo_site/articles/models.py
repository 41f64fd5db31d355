"""The magazine: an article is one thing in several languages, each a row with an address of its own."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from demo_site.articles import pictures
from demo_site.articles.querysets import AuthorQuerySet, TagQuerySet, TranslationQuerySet
from demo_site.articles.texts import cached_html, excerpt

WORDS_PER_MINUTE = 200


class Tag(models.Model):
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60)
    name_ru = models.CharField(_("name in Russian"), max_length=60)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return str(in_language(self, "name"))


class Author(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100)
    role_en = models.CharField(_("role in English"), max_length=100, blank=True)
    role_ru = models.CharField(_("role in Russian"), max_length=100, blank=True)
    bio_en = models.TextField(_("about the author in English"), blank=True)
    bio_ru = models.TextField(_("about the author in Russian"), blank=True)
    tip_en = models.TextField(_("a tip in English"), blank=True, help_text=_("For readers who have opened it."))
    tip_ru = models.TextField(_("a tip in Russian"), blank=True, help_text=_("For readers who have opened it."))

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])

    @property
    def name(self) -> str:
        return str(in_language(self, "name"))

    @property
    def role(self) -> str:
        return str(in_language(self, "role"))

    @property
    def bio(self) -> str:
        return str(in_language(self, "bio"))

    @property
    def tip(self) -> str:
        return str(in_language(self, "tip"))


class Article(models.Model):
    """What stays when a translation is added or an address changes: counts hang on it."""

    key = models.CharField(_("key"), max_length=120, unique=True, help_text=_("Readers never see it."))
    author = models.ForeignKey(
        Author, models.SET_NULL, null=True, blank=True, related_name="articles", verbose_name=_("author")
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="articles", verbose_name=_("tags"), through="Tagging")
    cover = models.ImageField(
        _("cover"), upload_to=pictures.FOLDER, blank=True, width_field="cover_width", height_field="cover_height"
    )
    cover_width = models.PositiveIntegerField(null=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, editable=False)
    published_at = models.DateTimeField(_("published"), default=timezone.now, db_index=True)
    is_public = models.BooleanField(_("public"), default=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.key

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        pictures.make_sizes(self)

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The address of each language that the article exists in."""
        return {one.language: one.get_absolute_url() for one in self.translations.all()}


class Tagging(models.Model):
    """A tag of an article. They keep the order in which they were given: the first is what the article is about."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="taggings", verbose_name=_("article"))
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", verbose_name=_("tag"))

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["pk"]
        db_table = "articles_article_tags"
        constraints = [models.UniqueConstraint(fields=["article", "tag"], name="articles_tagging_once")]

    def __str__(self) -> str:
        return str(self.tag)


class Translation(models.Model):
    """An article in one language."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="translations", verbose_name=_("article"))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    slug = models.SlugField(_("slug"), max_length=120)
    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(_("lead"), blank=True)
    body = models.TextField(
        _("text"), blank=True, help_text=_("Markdown; <code>article:key</code> leads to another article.")
    )
    more = models.TextField(
        _("behind the lock"), blank=True, help_text=_("Markdown; only readers who have opened it get to see it.")
    )
    more_teaser = models.CharField(_("what is behind the lock"), max_length=300, blank=True)
    cover_alt = models.CharField(_("what the cover shows"), max_length=420, blank=True)
    modified_at = models.DateTimeField(_("changed"), default=timezone.now)
    excerpt = models.TextField(editable=False)
    minutes = models.PositiveSmallIntegerField(default=1, editable=False)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="articles_translation_slug"),
            models.UniqueConstraint(fields=["article", "language"], name="articles_translation_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        with override(self.language):
            return reverse("article", args=[self.slug])

    @property
    def summary(self) -> str:
        """What lists and previews say of the article: its lead, else how its text begins."""
        return self.lead or self.excerpt

    @property
    def more_html(self) -> SafeString:
        """What is behind the lock, as HTML."""
        return cached_html(self.more, self.language, dict)

    def derive(self) -> None:
        """Work out what follows from the text, so that lists need not read it."""
        self.excerpt = excerpt(self.body, self.title)
        self.minutes = max(1, round(len(re.findall(r"\w+", self.body)) / WORDS_PER_MINUTE))


def in_language(row: models.Model, field: str) -> Any:
    """Return ``field_ru`` for a Russian page, in English where the language lacks it."""
    language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    return getattr(row, f"{field}_{language}", "") or getattr(row, f"{field}_{settings.LANGUAGE_CODE}")
