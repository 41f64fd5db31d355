"""What can be wrong with the comments of a page, found without changing anything."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from smo_kit.comments import tree_paths
from smo_kit.comments.gathering import Known, Row, Said, gather
from smo_kit.comments.scores import score_of
from smo_kit.comments.states import State, state_of_flags
from smo_kit.comments.storage import SPREAD, XtdComment
from smo_kit.comments.tree_repair import Tree, right_parents, tree_of
from smo_kit.core.chunks import in_chunks
from smo_kit.core.subjects import Key

KINDS: Final = {
    "no_xtd": _("have no row in django-comments-xtd"),
    "no_thread": _("belong to no thread"),
    "wrong_thread": _("stand in another thread than what they answer"),
    "no_parent": _("answer a comment that is gone"),
    "other_page": _("answer a comment of another page"),
    "circle": _("answer each other in a circle"),
    "wrong_level": _("have a wrong level"),
    "before_parent": _("are sorted before what they answer"),
    "duplicate_order": _("share their place with another"),
    "wrong_order": _("are sorted wrong"),
    "wrong_nested_count": _("have a wrong count of replies"),
    "no_entry": _("are not known to the suite yet"),
    "wrong_page": _("were moved to another page"),
    "wrong_path": _("have a wrong path"),
    "wrong_size": _("have a wrong count of published replies"),
    "wrong_votes": _("have a wrong count of likes"),
    "wrong_flags": _("were published or removed past the suite"),
    "wrong_count": _("discussions have a wrong count"),
}
"""What is said of so many comments."""
WHERE: Final = ("discussion_id", "parent_id", "root_id", "path", "size")


@dataclass(slots=True)
class Look:
    """What was found on one page, and what would be right."""

    key: Key
    rows: dict[int, Row]
    known: dict[int, Known]
    discussions: dict[int, int]
    """The count that each discussion has now, by its id."""
    faults: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Ids by kind: of comments, or of discussions."""
    places: list[tuple[int, ...]] = field(default_factory=list)
    """For ``storage.put``."""
    wheres: list[tuple[Any, ...]] = field(default_factory=list)
    """WHERE and the id."""
    votes: list[tuple[Any, ...]] = field(default_factory=list)
    """Likes, dislikes, score, and the id."""
    left: set[int] = field(default_factory=set)
    """Discussions of other pages that comments of this one are counted in."""


def look_at(key: Key) -> Look:
    """Find what is wrong with the comments of a page, in a handful of queries."""
    (look,) = look_at_many([key]).values()
    return look


def look_at_many(keys: Sequence[Key]) -> dict[Key, Look]:
    """Do the same for some pages, in as many queries; by their keys without a language."""
    said = gather(keys)
    right = {key: right_parents({pk: row.parent for pk, row in one.rows.items()}) for key, one in said.items()}
    elsewhere = _elsewhere(one.rows[pk].parent for key, one in said.items() for pk in right[key][1])
    return {key: _look(key, one, right[key], elsewhere) for key, one in said.items()}


def _look(key: Key, said: Said, right: tuple[dict[int, int], set[int], set[int]], elsewhere: set[int]) -> Look:
    look = Look(key, said.rows, said.known, said.discussions)
    for pk, row in look.rows.items():
        if row.thread is None:
            look.faults["no_xtd"].append(pk)
        if pk not in look.known:
            look.faults["no_entry"].append(pk)
        elif State(look.known[pk].state).flags != {"is_public": row.is_public, "is_removed": row.is_removed}:
            look.faults["wrong_flags"].append(pk)
    parents, lost, circle = right
    for pk in sorted(lost):
        if look.rows[pk].thread is not None:
            look.faults["other_page" if look.rows[pk].parent in elsewhere else "no_parent"].append(pk)
    if circle:
        look.faults["circle"] += sorted(circle)
    there = tree_of(parents, {pk for pk, row in look.rows.items() if _state(look, pk, row) is State.PUBLISHED})
    _look_at_rows(look, there)
    _look_at_entries(look, there)
    _look_at_votes(look, said.votes)
    return look


def _look_at_rows(look: Look, right: Tree) -> None:
    for root, thread in right.thread.items():
        orders = _orders(look, right, thread)
        for pk in thread:
            row = look.rows[pk]
            place = (root, right.parents[pk], right.levels[pk], orders[pk], right.below[pk])
            if row.place == place:
                continue
            look.places.append((*place, pk))
            if row.thread is None:
                continue
            if row.thread != root:
                look.faults["wrong_thread" if row.thread else "no_thread"].append(pk)
            if row.level != right.levels[pk]:
                look.faults["wrong_level"].append(pk)
            if row.below != right.below[pk]:
                look.faults["wrong_nested_count"].append(pk)


def _orders(look: Look, right: Tree, thread: list[int]) -> dict[int, int]:
    orders = {pk: look.rows[pk].order for pk in thread}
    if all(one < other for one, other in pairwise(orders.values())):
        return orders
    often = Counter(orders.values())
    for before, pk in pairwise(thread):
        if look.rows[pk].thread is None:
            continue
        if orders[pk] < orders[right.parents[pk]]:
            look.faults["before_parent"].append(pk)
        elif often[orders[pk]] > 1:
            look.faults["duplicate_order"].append(pk)
        elif orders[pk] <= orders[before]:
            look.faults["wrong_order"].append(pk)
    return {pk: 1 + SPREAD * n for n, pk in enumerate(thread)}


def _look_at_entries(look: Look, right: Tree) -> None:
    paths: dict[int, str] = {}
    for thread in right.thread.values():
        for pk in thread:
            parent = right.parents[pk]
            paths[pk] = tree_paths.path_under("" if parent == pk else paths[parent], pk)
    sizes: Counter[int] = Counter()
    counts: Counter[int] = Counter()
    home = min(look.discussions, default=0)
    for pk, one in look.known.items():
        if one.discussion not in look.discussions:
            look.faults["wrong_page"].append(pk)
            look.left.add(one.discussion)
        if one.state == State.PUBLISHED:
            sizes.update(tree_paths.ancestors_of(paths[pk]))
            counts[one.discussion if one.discussion in look.discussions else home] += 1
    for pk, one in look.known.items():
        ids = tree_paths.ids_of(paths[pk])
        answered = _parent(look, paths, one, ids)
        discussion = one.discussion if one.discussion in look.discussions else home
        where = (discussion, answered, ids[0], paths[pk], sizes[pk])
        if one.place == where:
            continue
        look.wheres.append((*where, pk))
        if one.place[1:4] != where[1:4]:
            look.faults["wrong_path"].append(pk)
        if one.size != sizes[pk]:
            look.faults["wrong_size"].append(pk)
    look.faults["wrong_count"] += [pk for pk, count in look.discussions.items() if count != counts[pk]]


def _parent(look: Look, paths: dict[int, str], one: Known, ids: list[int]) -> int | None:
    """Return whom it answers: that may be one who stands as deep as itself, where the site wants no more depth."""
    if len(ids) == 1:
        return None
    above = paths.get(one.parent or 0, "")
    is_right = one.parent in look.known and above.startswith(paths[ids[-2]]) and one.parent != one.pk
    return one.parent if is_right else ids[-2]


def _look_at_votes(look: Look, given: Counter[tuple[int, int]]) -> None:
    for pk, one in look.known.items():
        likes, dislikes = given[pk, 1], given[pk, -1]
        if (one.likes, one.dislikes) != (likes, dislikes):
            look.faults["wrong_votes"].append(pk)
            look.votes.append((likes, dislikes, score_of(likes, dislikes), pk))


def _elsewhere(parents: Iterable[int]) -> set[int]:
    rows = XtdComment.norel_objects.order_by().values_list("pk", flat=True)
    return {pk for some in in_chunks({one for one in parents if one}) for pk in rows.filter(pk__in=some)}


def _state(look: Look, pk: int, row: Row) -> State:
    known = look.known.get(pk)
    return State(known.state) if known else state_of_flags(is_public=row.is_public, is_removed=row.is_removed)
