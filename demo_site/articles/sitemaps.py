"""Every public page in every language, each with its translations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils.translation import get_language

from demo_site.articles.models import Article, Author, Tag, Translation


class InEveryLanguage(Sitemap):  # type: ignore[type-arg]  # generic for the checker alone
    i18n = True
    alternates = True


class Pages(InEveryLanguage):
    def items(self) -> list[str]:
        return ["home", "articles", "about"]

    def location(self, item: str) -> str:
        return reverse(item)


class Articles(InEveryLanguage):
    def items(self) -> list[Article]:
        """Each article once: its translations came with the first of them."""
        shown = Translation.objects.public().defer("lead", "body").order_by("-article__published_at", "-article_id")
        return list({one.article_id: one.article for one in shown}.values())

    def get_languages_for_item(self, item: Article) -> list[str]:
        return list(item.addresses)

    def location(self, item: Article) -> str:
        return item.addresses[get_language() or ""]

    def lastmod(self, item: Article) -> dt.datetime:
        return max(one.modified_at for one in item.translations.all())


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
