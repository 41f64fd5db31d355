"""What the tables say of the comments of some pages, read in a handful of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count
from django_comments.models import Comment

from smo_kit.comments.models import Discussion, Entry, Vote
from smo_kit.core.querysets import about
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

ROW: Final = ("is_public", "is_removed", *(f"xtdcomment__{one}" for one in ("thread_id", "parent_id", "level")))
PLACES: Final = ("xtdcomment__order", "xtdcomment__nested_count")
ENTRY: Final = ("pk", "discussion_id", "parent_id", "root_id", "path", "state", "size", "likes", "dislikes")


@dataclass(frozen=True, slots=True)
class Row:
    """What the tables of django-comments say of a comment. ``thread`` is None where django-comments-xtd has no row."""

    is_public: bool
    is_removed: bool
    thread: int | None
    parent: int
    level: int
    order: int
    below: int

    @property
    def place(self) -> tuple[int | None, ...]:
        """As ``storage.PLACE``."""
        return (self.thread, self.parent, self.level, self.order, self.below)


@dataclass(frozen=True, slots=True)
class Known:
    """What an Entry says of it."""

    pk: int
    discussion: int
    parent: int | None
    root: int
    path: str
    state: str
    size: int
    likes: int
    dislikes: int

    @property
    def place(self) -> tuple[Any, ...]:
        """The columns ``WHERE``."""
        return (self.discussion, self.parent, self.root, self.path, self.size)


@dataclass(slots=True)
class Said:
    """All that is said of one page's comments."""

    rows: dict[int, Row] = field(default_factory=dict)
    known: dict[int, Known] = field(default_factory=dict)
    discussions: dict[int, int] = field(default_factory=dict)
    """The count that each discussion has now, by its id."""
    votes: Counter[tuple[int, int]] = field(default_factory=Counter)
    """How many votes a comment has, by its id and their value."""


def gather(keys: Sequence[Key]) -> dict[Key, Said]:
    """Return what is said of each page, by keys without a language: in four queries, however many pages these are."""
    found = {key.speaking(""): Said() for key in keys}
    for type_, page, pk, public, removed, thread, parent, *place in _comments(keys):
        level, order, below = (one or 0 for one in place)
        row = Row(public, removed, thread, pk if parent is None else parent, level, order, below)
        found[Key(type_, page)].rows[pk] = row
    for type_, page, pk, count in _discussions(keys):
        found[Key(type_, page)].discussions[pk] = count
    for type_, page, *known in _entries(keys):
        said = found[Key(type_, page)]
        if known[0] in said.rows:  # of a comment that was written since, nothing is wrong
            said.known[known[0]] = Known(*known)
    for type_, page, pk, value, n in _votes(keys):
        found[Key(type_, page)].votes[pk, value] = n
    return found


def _comments(keys: Sequence[Key]) -> Any:
    rows = Comment.objects.filter(about(keys), site_id=site_id()).order_by()
    return rows.values_list("content_type_id", "object_pk", "pk", *ROW, *PLACES)


def _discussions(keys: Sequence[Key]) -> Any:
    rows = Discussion.objects.filter(about(keys), site_id=site_id()).order_by()
    return rows.values_list("content_type_id", "object_pk", "pk", "count")


def _entries(keys: Sequence[Key]) -> Any:
    rows = Entry.objects.filter(about(keys, "comment__"), comment__site_id=site_id()).order_by()
    return rows.values_list("comment__content_type_id", "comment__object_pk", *ENTRY)


def _votes(keys: Sequence[Key]) -> Any:
    rows = Vote.objects.filter(about(keys, "entry__comment__")).order_by()
    of_page = ("entry__comment__content_type_id", "entry__comment__object_pk")
    return rows.values_list(*of_page, "entry_id", "value").annotate(n=Count("pk"))
