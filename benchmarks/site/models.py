from __future__ import annotations

from django.db import models
from meta.models import ModelMeta


class Article(ModelMeta, models.Model):
    """An article as django-meta wants it described; ``smo.py`` describes it for us."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    lead = models.TextField()
    body = models.TextField()
    picture = models.CharField(max_length=200)
    published = models.DateTimeField()

    _metadata = {
        "title": "title",
        "description": "lead",
        "image": "picture",
        "published_time": "published",
        "og_type": "Article",
        "url": "get_address",
    }

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/articles/{self.slug}/"

    def get_address(self) -> str:
        return self.build_absolute_uri(self.get_absolute_url())
