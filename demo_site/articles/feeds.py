"""The newest articles of each language as an Atom feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from demo_site.articles.models import Translation
from demo_site.articles.views import for_caches
from smo_kit.core.addresses import site_name
from smo_kit.core.text import one_line

IN_FEED = 30
_NO_XML: Final = {0xFFFE: None, 0xFFFF: None}


class Newest(Feed):  # type: ignore[type-arg]  # generic for the checker alone
    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return for_caches(super().__call__)(request, *args, **kwargs)

    def get_object(self, request: HttpRequest) -> str:
        """A feed is of one language."""
        return request.LANGUAGE_CODE

    def title(self, language: str) -> str:
        return _said(site_name())

    def subtitle(self, language: str) -> str:
        return _("New articles of the magazine.")

    def link(self, language: str) -> str:
        return reverse("home")

    def feed_url(self, language: str) -> str:
        return reverse("feed")

    def items(self, language: str) -> Iterable[Translation]:
        return Translation.objects.newest(language)[:IN_FEED]

    def item_title(self, item: Translation) -> str:
        return _said(item.title)

    def item_description(self, item: Translation) -> str:
        return _said(item.summary)

    def item_author_name(self, item: Translation) -> str:
        return _said(item.article.author.name) if item.article.author else ""

    def item_categories(self, item: Translation) -> Iterable[str]:
        return [_said(tag.name) for tag in item.article.tags.all()]

    def item_pubdate(self, item: Translation) -> dt.datetime:
        return item.article.published_at

    def item_updateddate(self, item: Translation) -> dt.datetime:
        return item.modified_at


def _said(text: str) -> str:
    """Return a text without what XML 1.0 forbids."""
    return one_line(text).translate(_NO_XML)
