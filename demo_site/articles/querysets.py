"""Questions to many rows."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Final

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

if TYPE_CHECKING:
    from demo_site.articles.models import Author, Tag, Translation  # noqa: F401  # in the quotes below

LATELY: Final = 500
"""Articles by which it is told what the magazine writes about."""


def is_out(path: str = "") -> Q:
    """Return the condition on an article that is published; ``path`` leads to it, as in ``article__``."""
    return Q(**{f"{path}is_public": True, f"{path}published_at__lte": timezone.now()})


class TranslationQuerySet(QuerySet["Translation"]):
    def public(self) -> TranslationQuerySet:
        """Return what anybody may read, with all that its card and its teaser need."""
        others = Prefetch(
            "article__translations", self.model._default_manager.only("article", "language", "slug", "modified_at")
        )
        tags = Prefetch("article__tags", apps.get_model("articles", "Tag")._default_manager.order_by("taggings__pk"))
        return self.filter(is_out("article__")).select_related("article__author__user").prefetch_related(tags, others)

    def newest(self, language: str) -> TranslationQuerySet:
        """Return what a list in this language shows, without the texts."""
        return self.public().filter(language=language).defer("body").order_by("-article__published_at", "-article_id")


class TagQuerySet(QuerySet["Tag"]):
    def most_used(self, language: str) -> TagQuerySet:
        """Return the tags of the newest ``LATELY`` articles in a language, the most used first, with their ``count``.

        As many rows are read however many articles there are.
        """
        newest = apps.get_model("articles", "Article")._default_manager.filter(
            is_out(), translations__language=language
        )
        lately = list(newest.order_by("-published_at", "-pk").values_list("pk", flat=True)[:LATELY])
        used = self.filter(taggings__article__in=lately)
        return used.annotate(count=Count("taggings")).order_by("-count", "slug")

    def languages(self) -> dict[str, list[str]]:
        """Return the languages in which each tag has something to show, by its slug."""
        taggings = apps.get_model("articles", "Tagging")._default_manager.filter(
            is_out("article__"), tag=OuterRef("pk")
        )
        codes = [code for code, _ in settings.LANGUAGES]
        there = {  # one is looked for in each, where EXISTS would make a planner read all of all
            f"in_{code}": Subquery(taggings.filter(article__translations__language=code).order_by().values("pk")[:1])
            for code in codes
        }
        rows = self.annotate(**there).order_by("slug").values_list("slug", *there)
        return {slug: [*compress(codes, shown)] for slug, *shown in rows if any(shown)}


class AuthorQuerySet(QuerySet["Author"]):
    def public(self) -> AuthorQuerySet:
        """Return those who have published something."""
        articles = apps.get_model("articles", "Article")._default_manager
        return self.filter(Exists(articles.filter(is_out(), author=OuterRef("pk"))))
