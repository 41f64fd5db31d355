"""What the tables say of the comments of some pages, read in a handful of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count
from django_comments.models import Comment

from smo_kit.comments.models import Discussion, Entry, Vote
from smo_kit.comments.storage import PLACE, XtdComment
from smo_kit.core.chunks import in_chunks
from smo_kit.core.querysets import about
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

FLAGS: Final = ("is_public", "is_removed")
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
    """Return what is said of each page, by keys without a language: some hundreds of comments in each query.

    Rows are asked for by their ids, not joined: a planner that expects many comments would read whole tables. MariaDB
    also gives those of a page whose id differs in case alone, which is another page.
    """
    found = {key.speaking(""): Said() for key in keys}
    pages: dict[int, Said] = {}
    comments = Comment.objects.filter(about(keys), site_id=site_id()).order_by()
    flags: dict[int, tuple[bool, bool]] = {}
    for type_, page, pk, *said in comments.values_list("content_type_id", "object_pk", "pk", *FLAGS):
        if (key := Key(type_, page)) in found:
            pages[pk], flags[pk] = found[key], (said[0], said[1])
    discussions = Discussion.objects.filter(about(keys), site_id=site_id()).order_by()
    for type_, page, pk, count in discussions.values_list("content_type_id", "object_pk", "pk", "count"):
        if (key := Key(type_, page)) in found:
            found[key].discussions[pk] = count
    for pks in in_chunks(pages):
        places = {pk: place for pk, *place in _places(pks)}
        for pk in pks:
            pages[pk].rows[pk] = _row(pk, flags[pk], places.get(pk))
        for known in Entry.objects.filter(pk__in=pks).order_by().values_list(*ENTRY):
            pages[known[0]].known[known[0]] = Known(*known)
        for pk, value, n in _votes(pks):
            pages[pk].votes[pk, value] = n
    return found


def _row(pk: int, flags: tuple[bool, bool], place: Sequence[Any] | None) -> Row:
    if place is None:
        return Row(*flags, None, pk, 0, 0, 0)
    thread, parent, level, order, below = place
    return Row(*flags, thread, parent, level, order, below)


def _places(pks: Sequence[int]) -> Any:
    return XtdComment.norel_objects.filter(pk__in=pks).order_by().values_list("pk", *PLACE)


def _votes(pks: Sequence[int]) -> Any:
    rows = Vote.objects.filter(entry__in=pks).order_by()
    return rows.values_list("entry_id", "value").annotate(n=Count("pk"))
