"""The HTML of a discussion: comments in their places, and what can be done with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smo_kit.comments import tree_paths
from smo_kit.comments.conf import CommentsConf, Sort
from smo_kit.comments.json_ld import posting
from smo_kit.comments.listing import Wanted, listing
from smo_kit.comments.mentions import permalink
from smo_kit.comments.models import Entry
from smo_kit.comments.people import shown_name
from smo_kit.core.cards import Card
from smo_kit.core.members import colour_of, faces_of
from smo_kit.core.own_urls import own_address
from smo_kit.core.shown import owner_of
from smo_kit.core.subjects import Key
from smo_kit.core.text import initial_of

AFTER: Final = "comments-after"
SORT: Final = "comments-sort"
"""Parameters of a page's own address that say which comments stand on it."""
SORTS: Final[dict[Sort, Any]] = {"oldest": _("Oldest"), "newest": _("Newest"), "best": _("Best")}
"""What the orders are called where space is dear: under a line that says "order of comments"."""
INDENTED: Final = 4
"""Levels that are indented; deeper ones stand below the last."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The comment that one answers."""

    pk: int
    name: str
    """Of who wrote it; "" if it is gone."""
    is_above: bool
    """Whether a reader sees it anyhow: right above in the tree, on the same page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A comment as a page shows it."""

    entry: Entry
    answered: Answered | None
    depth: int
    is_owner: bool
    """Whether it is whose page it is that wrote it."""
    address: str
    """Its permanent address, which those of all acts on it begin with."""
    face: str = ""
    """Address of its author's picture; "" if he has none."""

    @property
    def is_gone(self) -> bool:
        """Whether only its place is shown, for the sake of the replies."""
        return not self.entry.is_published

    @property
    def name(self) -> str:
        """What its author is called."""
        return self.entry.author_name

    @property
    def url(self) -> str:
        """The page of its author, "" if he named none."""
        return str(self.entry.comment.user_url or "")

    @property
    def initial(self) -> str:
        """The first letter of the author's name."""
        return initial_of(self.name)

    @property
    def colour(self) -> int:
        """The number of the author's colour, the same under all his comments."""
        return colour_of(self.entry.person)

    @property
    def html(self) -> SafeString:
        """Its text; of one that is gone there is none."""
        return SafeString("") if self.is_gone else mark_safe(self.entry.html)  # sanitised when it was written


@dataclass(frozen=True, slots=True)
class Thread:
    """What belongs together on a page: shown rows, and those after them that are folded."""

    shown: list[Row]
    folded: list[Row]


@dataclass(frozen=True, slots=True)
class Place:
    """A discussion on its page."""

    wanted: Wanted
    conf: CommentsConf
    card: Card
    key: Key
    is_open: bool
    base: str = ""
    """What absolute addresses begin with."""

    def address(self, *, after: int | None = None, sort: str = "", anchor: str = "comments") -> str:
        """Return the address of the page with other comments on it."""
        parts = urlsplit(self.card.url)
        given = [(name, value) for name, value in parse_qsl(parts.query) if name not in {AFTER, SORT}]
        order = sort or self.wanted.sort
        ours = [(SORT, order)] if order != self.conf.sort else []
        query = urlencode([*given, *ours, *([(AFTER, after)] if after else [])])
        return parts._replace(query=query, fragment=anchor).geturl()

    def form_address(self, reply_to: int | None = None) -> str:
        """Return the address of the form's own page."""
        return form_address(self.key, reply_to)


def form_address(key: Key, reply_to: int | None = None) -> str:
    """Return the address of the page with the form for a comment, "" when the site has left out our URLs."""
    path = own_address("smo_comments:new")
    query = {"o": key.sign(), "l": get_language() or "", **({"reply_to": reply_to} if reply_to else {})}
    return f"{path}?{urlencode(query)}" if path else ""


def discussion_html(place: Place) -> str:
    """Return a page of a discussion."""
    found = listing(place.wanted)
    rows = rows_of(found.entries, place)
    order = place.wanted.sort
    context = {
        "conf": place.conf,
        "count": place.wanted.discussion.count,
        "threads": list(threads_of(rows, place.conf)),
        "is_open": place.is_open,
        "form": place.form_address(),
        "next": place.address(after=found.next_after) if found.has_more else "",
        "first": place.address() if place.wanted.after else "",
        "sorts": [(label, place.address(sort=sort), sort == order) for sort, label in sorts_in(place.conf)],
        "mine": own_address("smo_comments:mine"),
        "key": place.key.sign(),
        "json_ld": posting(place.card, place.wanted.discussion, found.entries, place.base),
    }
    return render_to_string("smo_kit/comments/comments.html", context)


def row_html(entry: Entry, place: Place) -> str:
    """Return one comment, as it stands among the others."""
    (row,) = rows_of([entry], place, above=entry.parent_id)
    context = {"row": row, "conf": place.conf, "is_open": place.is_open, "form": place.form_address()}
    return render_to_string("smo_kit/comments/comment.html", context)


def sorts_in(conf: CommentsConf) -> list[tuple[Sort, Any]]:
    """Return the orders that readers may choose from: without likes none is the best."""
    return [(sort, label) for sort, label in SORTS.items() if conf.likes or sort != "best"]


def rows_of(entries: Sequence[Entry], place: Place, *, above: int | None = None) -> list[Row]:
    """Return comments with what is shown beside their own words: a query for names elsewhere, one for the owner,
    one for faces where an app has some.

    ``above`` is a comment that stands before them already.
    """
    names = _names(entries)
    members = {entry.comment.user_id for entry in entries} - {None}
    owner = owner_of(place.key.speaking(""), place.card) if members else None
    faces = faces_of(members)
    is_flat = place.wanted.view == "flat"
    seen: set[int | None] = {above}
    rows = []
    for entry in entries:
        answered = None
        if entry.parent_id:
            is_above = (
                not is_flat and entry.parent_id in seen and tree_paths.ids_of(entry.path)[-2:-1] == [entry.parent_id]
            )
            answered = Answered(entry.parent_id, names.get(entry.parent_id, ""), is_above)
        user_id = entry.comment.user_id
        rows.append(
            Row(
                entry=entry,
                answered=answered,
                depth=0 if is_flat else min(entry.level, INDENTED),
                is_owner=user_id is not None and user_id == owner,
                address=permalink(entry.pk),
                face=faces.get(user_id, ""),
            )
        )
        seen.add(entry.pk)
    return rows


def threads_of(rows: Iterable[Row], conf: CommentsConf) -> Iterator[Thread]:
    """Group rows by their threads, and fold what is too long."""
    most = conf.collapse_after
    for _root, group in groupby(rows, key=lambda row: row.entry.root_id):
        every = list(group)
        open_rows = most + (every[0].entry.pk == every[0].entry.root_id)
        if conf.view == "flat" or not most or len(every) <= open_rows + 1:  # to fold one saves nobody anything
            yield Thread(every, [])
        else:
            yield Thread(every[:open_rows], every[open_rows:])


def _names(entries: Sequence[Entry]) -> dict[int, str]:
    here = {entry.pk: entry.author_name for entry in entries if entry.is_published}
    missing = {entry.parent_id for entry in entries if entry.parent_id} - {entry.pk for entry in entries}
    if not missing:
        return here
    rows = Entry.objects.published().filter(pk__in=missing).values_list("pk", "comment__user_name")
    return here | {pk: shown_name(name) for pk, name in rows}
