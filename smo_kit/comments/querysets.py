"""Questions to many comments."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Abs, Coalesce
from django.utils import timezone

from smo_kit.comments import tree_paths
from smo_kit.comments.states import EDITED, UNDO, VERDICTS, State

if TYPE_CHECKING:
    from smo_kit.comments.models import Action, Entry  # of the classes below


BORDER: Final = 0.5
"""Between ham and spam: there the rules know least."""
RECENT: Final = dt.timedelta(days=7)
"""For so long a published comment that the rules were in doubt of is shown to moderators."""


class EntryQuerySet(QuerySet["Entry"]):
    """Entries of discussions."""

    def published(self) -> EntryQuerySet:
        """Return those that readers can see."""
        return self.filter(state=State.PUBLISHED)

    def last_published(self, discussion: int) -> dt.datetime | None:
        """Return when the last comment of a discussion that readers can see was published.

        Grouped, so that its own are read: for a maximum alone PostgreSQL goes back through those of all discussions.
        """
        rows = self.published().filter(discussion=discussion).order_by().values("discussion")
        return next(iter(rows.annotate(last=Max("published_at")).values_list("last", flat=True)), None)

    def placed(self) -> EntryQuerySet:
        """Return those that take a place on a page: published, or with something published below them."""
        return self.filter(Q(state=State.PUBLISHED) | Q(size__gt=0))

    def under(self, path: str) -> EntryQuerySet:
        """Return those below a comment, at any depth."""
        return self.filter(path__gt=path, path__lt=tree_paths.last_under(path))

    def of_site(self, site: int) -> EntryQuerySet:
        """Return those of a site."""
        return self.filter(discussion__site_id=site)

    def with_comment(self) -> EntryQuerySet:
        """Join what a moderator sees of each."""
        return self.select_related("comment__user", "discussion")

    def waiting(self, *, doubtful: float) -> EntryQuerySet:
        """Return those that ``by_need`` may say of that they need a person, as an index finds them."""
        return self.filter(Q(state=State.HELD) | _reported() | _in_doubt(doubtful))

    def by_need(self, *, doubtful: float) -> EntryQuerySet:
        """Annotate how much each needs a person (``need``: 3 held, 2 reported, 1 doubtful, 0 not), and sort by that.

        Doubtful is what was published lately with at least this spam score, and no moderator has seen. Those that need
        a person alike: more reports first, then what is nearer to the border of spam, then what waits longer.
        """
        actions = self.model._meta.get_field("actions").related_model._default_manager
        said = Q(verb__in=(*VERDICTS, UNDO)) | Q(verb=EDITED, user=None)  # an author's change is seen by nobody yet
        words = actions.filter(said, entry=OuterRef("pk")).order_by("-pk")
        unseen = Q(last_word=None) | Q(last_word__in=(UNDO, EDITED))
        need = Case(
            When(state=State.HELD, then=Value(3)),
            When(_reported(), then=Value(2)),
            When(_in_doubt(doubtful) & unseen, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
        doubt = Abs(Coalesce(F("spam_score"), Value(0.0)) - Value(BORDER))
        known = self.annotate(last_word=Subquery(words.values("verb")[:1])).annotate(need=need, doubt=doubt)
        return known.order_by("-need", "-reports", "doubt", "pk")


class ActionQuerySet(QuerySet["Action"]):
    """What was done to comments."""

    def write(
        self, entry: Entry, verb: str, *, before: State | None = None, user: Any = None, note: str = ""
    ) -> Action:
        """Write down what was done to a comment, which is as it is now; ``before``: the state in which it was."""
        state = entry.state
        return self.create(
            site_id=entry.comment.site_id,
            entry=entry,
            user=user,
            verb=verb,
            before=state if before is None else before,
            after=state,
            note=note,
        )

    def of_site(self, site: int) -> ActionQuerySet:
        """Return those of a site. A row that doesn't know its own asks its discussion: EXISTS would read them all."""
        entries = self.model._meta.get_field("entry").related_model._default_manager
        known = Subquery(entries.filter(pk=OuterRef("entry")).values("discussion__site_id"))
        return self.alias(site_of_entry=known).filter(Q(site_id=site) | Q(site_id=None, site_of_entry=site))


def _reported() -> Q:
    return Q(state=State.PUBLISHED, reports__gt=0)


def _in_doubt(doubtful: float) -> Q:
    return Q(state=State.PUBLISHED, published_at__gte=timezone.now() - RECENT, spam_score__gte=doubtful)
