"""The right tree of one page's comments, worked out from what the tables of a damaged site still say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tree:
    """Where each comment of a page belongs: by its id. A comment that starts a thread is its own parent."""

    parents: dict[int, int]
    roots: dict[int, int]
    levels: dict[int, int]
    below: dict[int, int]
    """Published comments at any depth below each."""
    thread: dict[int, list[int]] = field(default_factory=dict)
    """All comments of each thread, by its root, each before its replies and older before newer."""


def right_parents(said: Mapping[int, int]) -> tuple[dict[int, int], set[int], set[int]]:
    """Return the parent of each comment, those whose parent is not there, and those that answer in a circle.

    ``said`` has what is said of the parents. The oldest of a circle starts a thread.
    """
    parents = {pk: parent if parent in said else pk for pk, parent in said.items()}
    lost = {pk for pk, parent in said.items() if parent not in said}
    circle: set[int] = set()
    done: set[int] = set()
    for pk in sorted(parents):
        walk: dict[int, None] = {}
        at = pk
        while at not in done and at not in walk:
            walk[at] = None
            at = parents[at]
        if at in walk and parents[at] != at:
            ring = _ring(at, parents)
            circle.update(ring)
            parents[min(ring)] = min(ring)
        done.update(walk)
    return parents, lost, circle


def tree_of(parents: dict[int, int], published: set[int]) -> Tree:
    """Return the tree of comments whose parents are right."""
    children: dict[int, list[int]] = defaultdict(list)
    for pk in sorted(parents):
        if parents[pk] != pk:
            children[parents[pk]].append(pk)
    tree = Tree(parents, {}, {}, dict.fromkeys(parents, 0))
    for root in sorted(pk for pk, parent in parents.items() if pk == parent):
        tree.thread[root] = list(_walk(root, children))
        for pk in tree.thread[root]:
            tree.roots[pk] = root
            tree.levels[pk] = 0 if pk == root else tree.levels[parents[pk]] + 1
        for pk in reversed(tree.thread[root]):
            if pk != root:
                tree.below[parents[pk]] += tree.below[pk] + (pk in published)
    return tree


def _ring(start: int, parents: Mapping[int, int]) -> list[int]:
    ring = [start]
    while (at := parents[ring[-1]]) != start:
        ring.append(at)
    return ring


def _walk(root: int, children: Mapping[int, list[int]]) -> Iterator[int]:
    waiting = [root]
    while waiting:
        pk = waiting.pop()
        yield pk
        waiting.extend(reversed(children.get(pk, [])))
