"""Every public page in every language, each with its translations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cms.models import Page
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.contrib.sites.requests import RequestSite
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from demo_site.articles import talks
from demo_site.articles.models import Author, Tag, Translation
from smo_kit.contrib.cms.pages import addresses, public_contents

Article = dict[str, tuple[str, dt.datetime]]
"""Slug and day of the last change of an article by language."""


class InEveryLanguage(Sitemap):  # type: ignore[type-arg]  # generic for the checker alone
    i18n = True
    alternates = True

    def __init__(self, here: RequestSite) -> None:
        super().__init__()
        self.here = here

    def get_domain(self, site: object = None) -> str:
        """Return the host that was asked, not the one of the CMS's table of sites."""
        return self.here.domain


class Fixed(InEveryLanguage):
    """Pages without an object: the list of articles, and the talk, whose closed page anybody may find."""

    def items(self) -> list[str]:
        return ["articles", talks.ROUTE]

    def location(self, item: str) -> str:
        return reverse(item)


class Pages(InEveryLanguage):
    """The pages that editors made in the CMS."""

    def items(self) -> list[dict[str, str]]:
        pages = Page.objects.filter(pk__in=public_contents().values("page")).order_by("path")
        return [addresses(page) for page in pages]

    def get_languages_for_item(self, item: dict[str, str]) -> list[str]:
        return list(item)

    def location(self, item: dict[str, str]) -> str:
        return item[get_language() or ""]


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


SITEMAPS = {"pages": Pages, "fixed": Fixed, "articles": Articles, "authors": Authors, "tags": Tags}


def sitemap_here(request: HttpRequest) -> HttpResponse:
    """Answer with the sitemap of the host that was asked."""
    here = RequestSite(request)
    return sitemap(request, {name: one(here) for name, one in SITEMAPS.items()})
