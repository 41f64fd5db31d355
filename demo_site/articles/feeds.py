"""The newest articles of each language as an Atom feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from demo_site.articles.models import Translation
from demo_site.articles.views import for_caches
from smo_kit.core.addresses import base_url, site_name
from smo_kit.core.text import one_line

IN_FEED = 30
_NO_XML: Final = {0xFFFE: None, 0xFFFF: None}


class Edition(NamedTuple):
    """A feed is of one language, and says the address that it was asked under."""

    language: str
    base: str


class Entry(NamedTuple):
    """An article with its full address."""

    text: Translation
    url: str


class Newest(Feed):  # type: ignore[type-arg]  # generic for the checker alone
    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return for_caches(super().__call__)(request, *args, **kwargs)

    def get_object(self, request: HttpRequest) -> Edition:
        return Edition(request.LANGUAGE_CODE, base_url(request))

    def title(self, edition: Edition) -> str:
        return _said(site_name())

    def subtitle(self, edition: Edition) -> str:
        return _("New articles of the magazine.")

    def link(self, edition: Edition) -> str:
        return edition.base + reverse("home")

    def feed_url(self, edition: Edition) -> str:
        return edition.base + reverse("feed")

    def items(self, edition: Edition) -> Iterable[Entry]:
        newest = Translation.objects.newest(edition.language)[:IN_FEED]
        return [Entry(one, edition.base + one.get_absolute_url()) for one in newest]

    def item_link(self, item: Entry) -> str:
        return item.url

    def item_title(self, item: Entry) -> str:
        return _said(item.text.title)

    def item_description(self, item: Entry) -> str:
        return _said(item.text.summary)

    def item_author_name(self, item: Entry) -> str:
        return _said(item.text.article.author.name) if item.text.article.author else ""

    def item_categories(self, item: Entry) -> Iterable[str]:
        return [_said(tag.name) for tag in item.text.article.tags.all()]

    def item_pubdate(self, item: Entry) -> dt.datetime:
        return item.text.article.published_at

    def item_updateddate(self, item: Entry) -> dt.datetime:
        return item.text.modified_at


def _said(text: str) -> str:
    """Return a text without what XML 1.0 forbids."""
    return one_line(text).translate(_NO_XML)
