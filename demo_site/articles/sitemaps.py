"""Every public page in every language, each with its translations: an index of sitemaps, and their parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from cms.models import Page
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, sitemap, x_robots_tag
from django.contrib.sites.requests import RequestSite
from django.core.paginator import Page as Part
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from demo_site.articles import talks
from demo_site.articles.models import Article, Author, Tag
from demo_site.articles.querysets import is_out
from smo_kit.contrib.cms.pages import addresses, public_contents

OF_PART: Final = 5_000
"""Articles of one file: as many addresses as sitemaps.org lets it have (50,000), in up to ten languages."""

Slugs = dict[str, tuple[str, dt.datetime]]
"""Slug and day of the last change of an article by language."""


class InEveryLanguage(Sitemap):  # type: ignore[type-arg]  # generic for the checker alone
    i18n = True
    alternates = True

    def __init__(self, here: RequestSite) -> None:
        super().__init__()
        self.here = here

    def parts(self) -> Iterable[int]:
        """Return the numbers of its files, from 1."""
        return (1,)

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


class ByNumber(Paginator):  # type: ignore[type-arg]  # generic for the checker alone
    """Articles in parts by their ids: none is counted or skipped to find another, and each part stays as it is."""

    @cached_property
    def num_pages(self) -> int:
        """Return how many parts there are up to the last article."""
        last = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
        return (last - 1) // self.per_page + 1

    def page(self, number: Any) -> Part[Any]:
        """Return a part: each article with each of its languages, of bare columns. Raises InvalidPage."""
        number = self.validate_number(number)
        last = number * self.per_page
        first = last - self.per_page
        rows = Article.objects.filter(
            is_out(),
            pk__gt=first,
            pk__lte=last,
            translations__article__gt=first,  # said of both tables, so that each is asked by its index
            translations__article__lte=last,
        )
        found: dict[int, Slugs] = {}
        columns = ("pk", *(f"translations__{one}" for one in ("language", "slug", "modified_at")))
        for pk, language, slug, modified in rows.order_by("-pk", "translations__language").values_list(*columns):
            found.setdefault(pk, {})[language] = (slug, modified)
        return Part([(one, language) for one in found.values() for language in one], number, self)


class Articles(InEveryLanguage):
    """A magazine of thousands needs no objects here."""

    @property
    def paginator(self) -> ByNumber:
        return ByNumber((), OF_PART)

    def parts(self) -> Iterable[int]:
        return self.paginator.page_range

    def get_languages_for_item(self, item: Slugs) -> list[str]:
        return list(item)

    def location(self, item: Slugs) -> str:
        return reverse("article", args=[item[get_language() or ""][0]])

    def lastmod(self, item: Slugs) -> dt.datetime:
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


SITEMAPS: Final = {"pages": Pages, "fixed": Fixed, "articles": Articles, "authors": Authors, "tags": Tags}


@x_robots_tag
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Answer with the parts of every sitemap, at the host that was asked."""
    here = RequestSite(request)
    home = f"{request.scheme}://{here.domain}"
    parts = [
        SitemapIndexItem(f"{home}{reverse('sitemap-part', args=[name])}" + (f"?p={number}" if number > 1 else ""))
        for name, one in SITEMAPS.items()
        for number in one(here).parts()
    ]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")


def sitemap_part(request: HttpRequest, section: str) -> HttpResponse:
    """Answer with a part of a sitemap."""
    here = RequestSite(request)
    return sitemap(request, {name: one(here) for name, one in SITEMAPS.items()}, section=section)
