"""What existing sites look like: a plain model, rows per language under one subject, versions, fields per language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, override
from meta.models import ModelMeta


class Post(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=500)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    cover = models.ImageField(upload_to="covers", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.slug])


class Essay(Post):
    """A child of a registered model."""

    words = models.PositiveIntegerField(default=0)


class Tag(models.Model):
    """Points to posts from the other side."""

    posts = models.ManyToManyField(Post, related_name="tags")

    def __str__(self) -> str:
        return f"tag {self.pk}"


class Story(models.Model):
    """The subject of its translations."""

    is_public = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"story {self.pk}"


class Telling(models.Model):
    """A story in one language: a row each."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="tellings")
    language = models.CharField(max_length=8)
    slug = models.SlugField()
    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        with override(self.language):
            return reverse("story", args=[self.slug])


class Page(models.Model):
    """Groups the versions of its content: the subject."""

    def __str__(self) -> str:
        return f"page {self.pk}"


class Content(models.Model):
    """One language of one version of a page."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="contents")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20, default="draft")

    def __str__(self) -> str:
        return self.title


class Notice(models.Model):
    """One row with a field for each language."""

    title_en = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title_en

    @property
    def title(self) -> str:
        return self.title_ru if get_language() == "ru" else self.title_en


class Described(ModelMeta, models.Model):
    """A model that django-meta describes; nobody registered it."""

    title = models.CharField(max_length=200)
    abstract = models.TextField(blank=True)

    _metadata: dict[str, Any] = {"title": "title", "description": "abstract", "og_type": "Article"}

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/described/{self.pk}/"


class Unknown(models.Model):
    """A model that nobody registered."""

    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title
