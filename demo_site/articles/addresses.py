"""Addresses of one page in every language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from demo_site.articles.models import Article


def in_every_language(name: str, *args: Any) -> dict[str, str]:
    """Return the address of a named route by language."""
    return {code: in_language(code, name, *args) for code, _ in settings.LANGUAGES}


def in_language(code: str, name: str, *args: Any) -> str:
    """Return the address of a named route in one language."""
    with override(code):
        return reverse(name, args=args)


def addresses_of(keys: set[str], language: str) -> dict[str, str]:
    """Return the address of each article by its key: in this language, else in another."""
    articles = Article.objects.filter(key__in=keys).prefetch_related("translations") if keys else ()
    return {one.key: one.addresses.get(language) or next(iter(one.addresses.values()), "") for one in articles}
