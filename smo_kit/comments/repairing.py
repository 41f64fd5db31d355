"""Finds and mends what is wrong with the comments of a site, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import DatabaseError
from django.db.models import Count, Max
from django_comments.models import Comment

from smo_kit.comments.adopting import adopt, recount
from smo_kit.comments.bulk import update_rows
from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.finding import WHERE, Look, look_at, look_at_many
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.moves import lock_discussion, move
from smo_kit.comments.states import state_of_flags
from smo_kit.comments.storage import add_missing, put
from smo_kit.core.chunks import CHUNK, in_chunks
from smo_kit.core.events import event, event_logger
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.core.transactions import begin_to_write, patiently

logger = event_logger(__name__)

EXAMPLES: Final = 5
HAND: Final = 2_000
"""Comments that are looked at together, and those of one page more."""


@dataclass(slots=True)
class Found:
    """How often something is wrong, and the ids of a few of the comments (discussions for their counts)."""

    count: int = 0
    examples: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Repair:
    """How far a repair has come. ``failed`` has the pages that the database would not let us mend."""

    total: int
    done: int = 0
    pages: int = 0
    wrong_pages: int = 0
    found: dict[str, Found] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def add(self, look: Look) -> None:
        """Count what was found on a page."""
        kinds = {kind: ids for kind, ids in look.faults.items() if ids}
        self.wrong_pages += bool(kinds)
        for kind, ids in kinds.items():
            found = self.found.setdefault(kind, Found())
            found.count += len(ids)
            found.examples += ids[: EXAMPLES - len(found.examples)]


def repair(*, is_dry: bool = False) -> Iterator[Repair]:
    """Look at the comments of every page of this site, and mend them unless it ``is_dry``; yield after each page."""
    pages = _pages()
    progress = Repair(sum(pages.values()))
    yield progress
    for keys in _in_hands(pages):
        looks = _looks(keys)
        for key in keys:
            try:
                look = looks.get(key) or look_at(key)
                progress.add(look)
                if not is_dry and any(look.faults.values()):
                    mend(key)
            except DatabaseError as error:
                logger.exception("The comments of %s can't be mended.", key, extra=event("comments.not_mended"))
                progress.failed.append(f"{key.content_type_id}.{key.object_pk}: {error}")
            progress.pages += 1
            progress.done += pages[key]
            yield progress


def mend(key: Key) -> None:
    """Bring the comments of a page into order, all or none of them.

    Comments that the suite does not know get an Entry. What others did to the flags of django-comments becomes a
    change of state, which is told as any other.
    """
    patiently(lambda: _mend(key))


def place(discussion: Discussion) -> None:
    """Bring the comments of a discussion to their places, after some were written. The caller holds its lock."""
    _write(look_at(discussion.key))
    _count(discussion)


def _in_hands(pages: dict[Key, int]) -> Iterator[list[Key]]:
    """Yield pages that are looked at together: those of ``HAND`` comments and no more than a query takes."""
    hand: list[Key] = []
    left = HAND
    for key, n in pages.items():
        hand.append(key)
        left -= n
        if left <= 0 or len(hand) == CHUNK:
            yield hand
            hand, left = [], HAND
    if hand:
        yield hand


def _looks(keys: list[Key]) -> dict[Key, Look]:
    """Return what is found on pages, looked at together; nothing where that fails: then each is looked at by itself."""
    try:
        return look_at_many(keys)
    except DatabaseError:
        return {}


def _mend(key: Key) -> None:
    begin_to_write(Discussion)
    look = look_at(key)
    add_missing({pk: pk for pk in look.faults.get("no_xtd", [])})
    if look.rows and (look.faults.get("no_entry") or not look.discussions):
        discussion = discussion_of(key)  # a new one has taken them in
        if look.discussions:
            adopt(discussion)
    discussions = list(Discussion.objects.filter(site_id=site_id(), **key.fields).order_by("pk"))
    for discussion in discussions:
        lock_discussion(discussion)
    _write(look_at(key))
    for some in in_chunks(look.faults.get("wrong_flags", [])):
        for entry in Entry.objects.filter(pk__in=some).select_related("discussion"):
            row = look.rows[entry.pk]
            move(entry, state_of_flags(is_public=row.is_public, is_removed=row.is_removed), verb="elsewhere")
    for discussion in discussions:
        _count(discussion)
    for discussion in Discussion.objects.filter(pk__in=look.left):
        recount(discussion)


def _count(discussion: Discussion) -> None:
    published = Entry.objects.published().filter(discussion=discussion)
    counted = published.aggregate(count=Count("pk"), last_at=Max("published_at"))
    Discussion.objects.filter(pk=discussion.pk).update(**counted)


def _write(look: Look) -> None:
    put(look.places)
    wrong = look.faults.get("wrong_path", [])
    update_rows(Entry, ("path",), [(f"wrong {pk}", pk) for pk in wrong])  # another may stand at its right place
    update_rows(Entry, WHERE, look.wheres)
    update_rows(Entry, ("likes", "dislikes", "score"), look.votes)


def _pages() -> dict[Key, int]:
    """Return how many comments each page has, of all pages that have some or are thought to."""
    rows: Any = Comment.objects.filter(site_id=site_id()).order_by().values_list("content_type_id", "object_pk")
    pages = {Key(type_, pk): n for type_, pk, n in rows.annotate(n=Count("pk"))}
    counted = Discussion.objects.filter(site_id=site_id(), count__gt=0).values_list("content_type_id", "object_pk")
    return {**{Key(*one): 0 for one in counted}, **pages}
