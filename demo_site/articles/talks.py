"""The talk of the editors: a whole page behind a lock. Its text lies in ``demo_site/content/talks/``."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from demo_site.articles.addresses import addresses_of, in_every_language
from demo_site.articles.content import Text, read
from demo_site.articles.models import Author
from demo_site.articles.texts import cached_html, keys_in
from demo_site.articles.views import for_caches
from smo_kit.core.cards import Card
from smo_kit.lock.pages import locked

ROUTE: Final = "long-table"


@cache
def talk(language: str) -> Text:
    """Return the talk in a language."""
    return read(settings.CONTENT / "talks" / language / f"{ROUTE}.md")


def card_of_talk(request: HttpRequest) -> Card:
    """Return what anybody may know of the talk: that it is there, and what it is about."""
    text = talk(request.LANGUAGE_CODE)
    author = _author(text)
    return Card(
        url=request.path,
        title=text.title,
        summary=text.lead,
        published=parse_datetime(text.head["published"]),
        author=author.name if author else "",
        author_url=author.get_absolute_url() if author else "",
        alternates=in_every_language(ROUTE),
        free=False,
    )


@require_safe
@for_caches
@locked(subject=card_of_talk, ways=("share", "sign_in", "wait"), wait_seconds=20)
def long_table(request: HttpRequest) -> HttpResponse:
    """Show the talk, to those to whom it is open."""
    language = request.LANGUAGE_CODE
    text = talk(language)
    body = cached_html(text.body, language, lambda: addresses_of(keys_in(text.body), language))
    context = {"card": card_of_talk(request), "text": text, "body": body, "author": _author(text)}
    return render(request, "articles/talk.html", context)


def _author(text: Text) -> Author | None:
    return Author.objects.filter(slug=text.head.get("author", "")).first()
