"""Questions to many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from demo_site.articles.models import Author, Tag, Translation  # noqa: F401  # in the quotes below


def _is_out(path: str = "") -> Q:
    """Return the condition on an article that is published; ``path`` leads to it, as in ``article__``."""
    return Q(**{f"{path}is_public": True, f"{path}published_at__lte": timezone.now()})


class TranslationQuerySet(QuerySet["Translation"]):
    def public(self) -> TranslationQuerySet:
        """Return what anybody may read, with all that its card and its teaser need."""
        others = Prefetch(
            "article__translations", self.model._default_manager.only("article", "language", "slug", "modified_at")
        )
        tags = Prefetch("article__tags", apps.get_model("articles", "Tag")._default_manager.order_by("taggings__pk"))
        return self.filter(_is_out("article__")).select_related("article__author__user").prefetch_related(tags, others)

    def newest(self, language: str) -> TranslationQuerySet:
        """Return what a list in this language shows, without the texts."""
        return self.public().filter(language=language).defer("body").order_by("-article__published_at", "-article_id")


class TagQuerySet(QuerySet["Tag"]):
    def most_used(self, language: str) -> TagQuerySet:
        """Return the tags of public articles in a language, the most used first, with their ``count``."""
        shown = _is_out("articles__") & Q(articles__translations__language=language)
        return self.filter(shown).annotate(count=Count("articles")).order_by("-count", "slug")

    def languages(self) -> dict[str, list[str]]:
        """Return the languages in which each tag has something to show, by its slug."""
        found: dict[str, list[str]] = {}
        rows = self.filter(_is_out("articles__")).values_list("slug", "articles__translations__language")
        for slug, language in rows.order_by("slug", "articles__translations__language").distinct():
            found.setdefault(slug, []).append(language)
        return found


class AuthorQuerySet(QuerySet["Author"]):
    def public(self) -> AuthorQuerySet:
        """Return those who have published something."""
        return self.filter(_is_out("articles__")).distinct()
