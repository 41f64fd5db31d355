"""Questions to many comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from smo_kit.comments import tree
from smo_kit.comments.states import State

if TYPE_CHECKING:
    from smo_kit.comments.models import Entry  # noqa: F401  # of the class below


class EntryQuerySet(QuerySet["Entry"]):
    """Entries of discussions."""

    def published(self) -> EntryQuerySet:
        """Return those that readers can see."""
        return self.filter(state=State.PUBLISHED)

    def placed(self) -> EntryQuerySet:
        """Return those that take a place on a page: published, or with something published below them."""
        return self.filter(Q(state=State.PUBLISHED) | Q(size__gt=0))

    def under(self, path: str) -> EntryQuerySet:
        """Return those below a comment, at any depth."""
        return self.filter(path__gt=path, path__lt=tree.last_under(path))
