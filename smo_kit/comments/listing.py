"""Which comments stand on a page of a discussion: each once, in whatever order, by walking from one to the next.

A page begins after a comment (a keyset), never at a number, and nothing reads more than a page: not a discussion, not
a thread. Threads follow each other in the order wanted, pinned ones first; inside of a thread, each comment comes
before its replies, older before newer. A thread that is longer than the rest of a page goes on with the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from django.db.models import F

from smo_kit.comments import tree_paths
from smo_kit.comments.conf import Sort, View
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.querysets import EntryQuerySet

PINNED: Final = 5
"""Threads at the most that stand before all others."""

LEAD: Final = 5
"""Comments shown before the one that a link leads to, where its thread is too long for a page."""

ORDERS: Final[dict[Sort, tuple[str, ...]]] = {
    "oldest": ("pk",),
    "newest": ("-pk",),
    "best": ("-score", "pk"),
}

Source = Callable[[int], list[Entry]]
"""Returns at most so many of the comments that come next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page of a discussion."""

    discussion: Discussion
    view: View = "threads"
    sort: Sort = "oldest"
    size: int = 50
    after: Entry | None = None
    """The last comment of the page before; None: the first page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands on a page."""

    entries: list[Entry]
    has_more: bool

    @property
    def next_after(self) -> int | None:
        """The comment that the next page begins after; None on the last page."""
        return self.entries[-1].pk if self.has_more else None


def listing(wanted: Wanted) -> Listing:
    """Return a page of comments, with what is shown of each: a row of ours and one of django-comments."""
    if wanted.discussion.pk is None:
        return Listing([], has_more=False)
    sources = _flat(wanted) if wanted.view == "flat" else _threads(wanted)
    found: list[Entry] = []
    for source in sources:
        found += source(wanted.size + 1 - len(found))
        if len(found) > wanted.size:
            break
    return Listing(found[: wanted.size], has_more=len(found) > wanted.size)


def entry_in(discussion: Discussion, pk: int) -> Entry | None:
    """Return a comment of a discussion, whatever its state: a page may begin after one that has gone."""
    if discussion.pk is None:
        return None
    return Entry.objects.filter(discussion=discussion, pk=pk).first()


def _flat(wanted: Wanted) -> Iterator[Source]:
    rows, after = _published(wanted.discussion), wanted.after
    pinned = [root.pk for root in pinned_in(wanted.discussion)]
    if after is None or after.pk in pinned:
        left = pinned if after is None else pinned[pinned.index(after.pk) + 1 :]
        if left:
            yield lambda n: list(rows.filter(pk__in=left).order_by("-pinned_at", "pk")[:n])
        after = None
    others = rows.exclude(pk__in=pinned) if pinned else rows
    yield lambda n: _first(_following(others, wanted.sort, after), n)


def _threads(wanted: Wanted) -> Iterator[Source]:
    discussion, after = wanted.discussion, wanted.after
    pinned = pinned_in(discussion)
    roots = [root.pk for root in pinned]
    start = after
    if after is not None and after.root_id in roots:
        yield _thread(discussion, after.root_id, after.path)
        roots_left, start = roots[roots.index(after.root_id) + 1 :], None
    else:
        roots_left = roots if after is None else []
    for root_id in roots_left:
        yield _thread(discussion, root_id)
    if wanted.sort == "oldest":
        yield _by_path(discussion, roots, start)
        return
    head = None
    if start is not None:
        yield _thread(discussion, start.root_id, start.path)
        head = start if start.pk == start.root_id else entry_in(discussion, start.root_id)
    yield _by_heads(discussion, wanted.sort, roots, head)


def pinned_in(discussion: Discussion) -> list[Entry]:
    """Return the comments whose threads stand before all others, the last pinned first."""
    rows = Entry.objects.filter(discussion=discussion, pinned_at__isnull=False, root_id=F("pk")).placed()
    return list(rows.order_by("-pinned_at", "pk")[:PINNED])


def heads_of(discussion: Discussion) -> EntryQuerySet:
    """Return the comments that start the threads of a discussion."""
    return Entry.objects.filter(discussion=discussion, parent__isnull=True, root_id=F("pk"))


def _thread(discussion: Discussion, root_id: int, after: str = "") -> Source:
    rows = _shown(discussion).filter(root_id=root_id, path__gt=after)
    return lambda n: list(rows.order_by("path")[:n])


def _by_path(discussion: Discussion, without: list[int], start: Entry | None) -> Source:
    """The order of paths is that of the oldest threads."""
    rows = _shown(discussion).exclude(root_id__in=without) if without else _shown(discussion)
    if start is not None:
        rows = rows.filter(path__gt=start.path)
    return lambda n: list(rows.order_by("path")[:n])


def _by_heads(discussion: Discussion, sort: Sort, without: list[int], head: Entry | None) -> Source:
    heads = heads_of(discussion).placed().exclude(pk__in=without).only("pk", "size", "score")

    def take(n: int) -> list[Entry]:
        found: list[Entry] = []
        last = head
        while len(found) < n:
            room = n - len(found)
            some = _first(_following(heads, sort, last), room)
            fitting = _as_many_as_fit(some, room)
            found += _threads_under(discussion, fitting, room)
            if len(fitting) == len(some) < room:
                break
            last = fitting[-1]
        return found

    return take


def _as_many_as_fit(heads: list[Entry], n: int) -> list[Entry]:
    """Return the first heads whose threads fill a page, as far as their sizes are right."""
    sizes = accumulate(head.size + 1 for head in heads)
    full = next((place for place, size in enumerate(sizes) if size >= n), len(heads))
    return heads[: full + 1]


def _threads_under(discussion: Discussion, heads: list[Entry], n: int) -> list[Entry]:
    """Return the first so many comments of these threads; the last one may be longer than all others together."""
    if not heads:
        return []
    found = _whole_threads(discussion, [head.pk for head in heads[:-1]])[:n]
    return found + (_thread(discussion, heads[-1].pk)(n - len(found)) if len(found) < n else [])


def _whole_threads(discussion: Discussion, roots: list[int]) -> list[Entry]:
    if not roots:
        return []
    places = {pk: place for place, pk in enumerate(roots)}
    rows = _shown(discussion).filter(root_id__in=roots).order_by("root_id", "path")
    return sorted(rows, key=lambda entry: places[entry.root_id])


def _following(rows: EntryQuerySet, sort: Sort, after: Entry | None) -> list[EntryQuerySet]:
    """Return those of some rows that come after a comment in an order, in parts that an index has one after another.

    One question for all ("a lower score, or the same and a later comment") would read all of them and sort.
    """
    if after is None:
        parts = [rows]
    elif sort == "best":
        parts = [rows.filter(score=after.score, pk__gt=after.pk), rows.filter(score__lt=after.score)]
    else:
        parts = [rows.filter(pk__gt=after.pk) if sort == "oldest" else rows.filter(pk__lt=after.pk)]
    return [part.order_by(*ORDERS[sort]) for part in parts]


def _preceding(rows: EntryQuerySet, sort: Sort, before: Entry) -> list[EntryQuerySet]:
    """Return those of some rows that come before a comment in an order, the nearest first, in parts as above."""
    if sort == "best":
        parts = [rows.filter(score=before.score, pk__lt=before.pk), rows.filter(score__gt=before.score)]
    else:
        parts = [rows.filter(pk__lt=before.pk) if sort == "oldest" else rows.filter(pk__gt=before.pk)]
    return [part.order_by(*ORDERS[sort]).reverse() for part in parts]


def _first(parts: Iterable[EntryQuerySet], n: int) -> list[Entry]:
    """Return the first so many of several parts; one that is not needed is not asked for."""
    found: list[Entry] = []
    for part in parts:
        if len(found) < n:
            found += part[: n - len(found)]
    return found


def _shown(discussion: Discussion) -> EntryQuerySet:
    return _whole(discussion).placed()


def _published(discussion: Discussion) -> EntryQuerySet:
    return _whole(discussion).published()


def _whole(discussion: Discussion) -> EntryQuerySet:
    comment = ("user_id", "user_name", "user_url", "submit_date")
    own = (
        *("discussion_id", "parent_id", "root_id", "path", "state", "edited_at", "pinned_at", "language", "html"),
        *("person", "likes", "dislikes", "score", "size"),
    )
    rows = Entry.objects.filter(discussion=discussion).select_related("comment")
    return rows.only(*own, *(f"comment__{name}" for name in comment))


def start_of_page_with(wanted: Wanted, entry: Entry) -> Entry | None:
    """Return the comment after which a page begins that has a placed comment on it; None: the first page has it."""
    if any(one.pk == entry.pk for one in listing(replace(wanted, after=None)).entries):
        return None
    discussion = wanted.discussion
    if wanted.view == "flat":
        pinned = [root.pk for root in pinned_in(discussion)]
        above = _first(_preceding(_published(discussion).exclude(pk__in=pinned), wanted.sort, entry), LEAD + 1)
        return above[LEAD] if len(above) > LEAD else None
    thread = _shown(discussion).filter(root_id=entry.root_id, path__lt=entry.path).order_by("-path")
    nearest = list(thread[: wanted.size])
    if len(nearest) == wanted.size:
        return nearest[LEAD]
    return _last_before_thread(wanted, entry.root_id)


def _last_before_thread(wanted: Wanted, root_id: int) -> Entry | None:
    discussion = wanted.discussion
    pinned = [root.pk for root in pinned_in(discussion)]
    rows = _shown(discussion)
    earlier = pinned[: pinned.index(root_id)] if root_id in pinned else pinned
    if root_id not in pinned:
        others = rows.exclude(root_id__in=pinned)
        if wanted.sort == "oldest":
            found = others.filter(path__lt=tree_paths.step(root_id)).order_by("-path").first()
        else:
            found = _last_of_thread_before(wanted, root_id, pinned)
        if found is not None:
            return found
    return rows.filter(root_id=earlier[-1]).order_by("-path").first() if earlier else None


def _last_of_thread_before(wanted: Wanted, root_id: int, pinned: list[int]) -> Entry | None:
    head = entry_in(wanted.discussion, root_id)
    if head is None:
        return None
    heads = heads_of(wanted.discussion).placed().exclude(pk__in=pinned)
    for previous in _first(_preceding(heads, wanted.sort, head), 1):
        return _shown(wanted.discussion).filter(root_id=previous.pk).order_by("-path").first()
    return None
