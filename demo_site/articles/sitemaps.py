"""Every public page in every language, each with its translations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils.translation import get_language

from demo_site.articles.models import Author, Tag, Translation

Article = dict[str, tuple[str, dt.datetime]]
"""Slug and day of the last change of an article by language."""


class InEveryLanguage(Sitemap):  # type: ignore[type-arg]  # generic for the checker alone
    i18n = True
    alternates = True


class Pages(InEveryLanguage):
    def items(self) -> list[str]:
        return ["home", "articles", "about"]

    def location(self, item: str) -> str:
        return reverse(item)


class Articles(InEveryLanguage):
    """Made of bare columns: a magazine of thousands needs no objects here."""

    def items(self) -> list[Article]:
        found: dict[int, Article] = {}
        columns = ("article_id", "language", "slug", "modified_at")
        newest = Translation.objects.public().order_by("-article__published_at", "-article_id", "language")
        for pk, language, slug, modified in newest.values_list(*columns):
            found.setdefault(pk, {})[language] = (slug, modified)
        return list(found.values())

    def get_languages_for_item(self, item: Article) -> list[str]:
        return list(item)

    def location(self, item: Article) -> str:
        return reverse("article", args=[item[get_language() or ""][0]])

    def lastmod(self, item: Article) -> dt.datetime:
        return max(modified for _, modified in item.values())


class Authors(InEveryLanguage):
    def items(self) -> Iterable[Author]:
        return Author.objects.public()


class Tags(InEveryLanguage):
    def items(self) -> Iterable[str]:
        self.known = Tag.objects.all().languages()
        return self.known

    def get_languages_for_item(self, item: str) -> list[str]:
        return self.known[item]

    def location(self, item: str) -> str:
        return reverse("tag", args=[item])


SITEMAPS = {"pages": Pages, "articles": Articles, "authors": Authors, "tags": Tags}
