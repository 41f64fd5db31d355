"""What a moderator sees of comments: their authors, their pages and their reasons, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.history import BY_MAIL, in_force
from smo_kit.comments.judging import submission_of
from smo_kit.comments.models import Action, Discussion, Entry
from smo_kit.comments.moderation import STATES, author_of
from smo_kit.comments.seen_text import mark_of
from smo_kit.comments.services import draft_of
from smo_kit.comments.states import CLAIMED, EDITED, UNDO, State
from smo_kit.comments.storage import key_of_comment
from smo_kit.core.models import CardRow
from smo_kit.core.querysets import about
from smo_kit.core.shown import card_of
from smo_kit.spam.services import Standing, Verdict, judge, standings

VERBS: Final = {
    "publish": _("published"),
    "hold": _("held"),
    "remove": _("removed"),
    "spam": _("marked as spam"),
    UNDO: _("took back"),
    "note": _("note"),
    EDITED: _("changed the text"),
    "trust": _("trusted the author"),
    "distrust": _("trusted the author no more"),
    "ban": _("banned the author"),
    "unban": _("banned the author no more"),
    "pin": _("pinned"),
    "unpin": _("unpinned"),
    "confirmed": _("confirmed by its guest"),
    "reported": _("held, since readers had reported it"),
    "judged": _("judged anew after a change"),
    "taken back": _("taken back by its author"),
    CLAIMED: _("claimed by its author, now a member"),
    "erased": _("erased"),
    "elsewhere": _("changed elsewhere"),
}
"""What the log says of each verb."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something that a moderator can do: ``value`` is what the button sends, ``kind`` names it for script and style."""

    value: str
    label: Any
    kind: str


@dataclass(frozen=True, slots=True)
class PageOf:
    """The page of a discussion."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """A comment as a moderator sees it."""

    entry: Entry
    standing: Standing
    page: PageOf
    reasons: list[str]
    buttons: list[Button]
    states: Counter[str] = field(default_factory=Counter)
    """How many comments of this person are in each state."""

    @property
    def is_member(self) -> bool:
        """Whether an account wrote it."""
        return self.entry.comment.user_id is not None

    @property
    def seen(self) -> str:
        """What a form sends along that lets a moderator choose this comment: which one, and which text he has seen."""
        return f"{self.entry.pk}:{mark_of(self.entry.comment.comment)}"

    @property
    def percent(self) -> int | None:
        """How likely it is spam, as the rules saw it."""
        return None if self.entry.spam_score is None else round(self.entry.spam_score * 100)


def sights_of(entries: Sequence[Entry]) -> list[Sight]:
    """Return what a moderator sees of each, in three queries."""
    known = standings([author_of(entry.comment) for entry in entries])
    pages = pages_of([entry.discussion for entry in entries])
    states = _states_of({entry.person for entry in entries} - {""})
    return [
        Sight(
            entry=entry,
            standing=standing,
            page=pages[entry.discussion_id],
            reasons=entry.why,
            buttons=buttons_for(entry),
            states=states[entry.person],
        )
        for entry, standing in zip(entries, known, strict=True)
    ]


def pages_of(discussions: Iterable[Discussion]) -> dict[int, PageOf]:
    """Return the page of each discussion by its id, as its snapshot is: in one query."""
    discussions = list(discussions)
    rows = CardRow.objects.filter(about(one.key for one in discussions))
    titles: dict[tuple[int, str], dict[str, CardRow]] = defaultdict(dict)
    for row in rows.only("content_type_id", "object_pk", "language", "title", "url"):
        titles[row.content_type_id, row.object_pk][row.language] = row
    return {one.pk: _page(one, titles[one.content_type_id, one.object_pk]) for one in discussions}


def buttons_for(entry: Entry) -> list[Button]:
    """Return the verdicts that change something. Each says which state and which text it was pressed for."""
    words = {"publish": _("Publish"), "remove": _("Remove"), "spam": _("Spam")}
    if entry.state == State.PUBLISHED:
        words["publish"] = _("It may stay")
    if entry.state == State.SPAM:
        words["publish"] = _("Not spam: publish")
    if not entry.comment.comment:
        del words["publish"]  # it is erased
    is_settled = entry.state == State.PUBLISHED and not getattr(entry, "need", 0) and not entry.reports
    seen = mark_of(entry.comment.comment)
    return [
        Button(f"{verdict}:{entry.pk}:{entry.state}:{seen}", word, verdict)
        for verdict, word in words.items()
        if STATES[verdict] != entry.state or (verdict == "publish" and not is_settled)
    ]


def judged_now(entry: Entry) -> Verdict:
    """Return what the rules say of a comment today, each with its weight, in the reader's language."""
    discussion = entry.discussion
    card = card_of(discussion.key, language=entry.language)
    return judge(submission_of(draft_of(entry), discussion.key, card, own=key_of_comment(entry.pk)))


def log_of(entry: Entry) -> list[tuple[Action, Any, bool]]:
    """Return what was done to a comment, the last first: (action, in words, whether it can be taken back now)."""
    actions = list(Action.objects.filter(entry=entry).select_related("user").order_by("pk"))
    standing = in_force(actions)
    last = standing[-1].pk if standing and standing[-1].verb in STATES else None
    return [(action, words_of(action), action.pk == last) for action in reversed(actions)]


def words_of(action: Action) -> str:
    """Return what was done, in words."""
    return str(VERBS.get(action.verb, action.verb))


def note_of(action: Action) -> str:
    """Return what was noted with it."""
    return gettext(action.note) if action.note == BY_MAIL else action.note


def _page(discussion: Discussion, rows: dict[str, CardRow]) -> PageOf:
    if not rows:
        return PageOf(f"{ContentType.objects.get_for_id(discussion.content_type_id)} {discussion.object_pk}")
    row = rows.get(discussion.language) or rows.get(get_language() or "") or next(iter(rows.values()))
    return PageOf(str(row), row.url)


def _states_of(people: set[str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows = Entry.objects.filter(person__in=people).values_list("person", "state").annotate(n=Count("pk")).order_by()
    for person, state, n in rows:
        found[person][state] = n
    return found
