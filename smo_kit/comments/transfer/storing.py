"""Writes comments of other systems, those of a page together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.utils.translation import gettext
from django_comments.models import Comment

from smo_kit.comments import tree_paths
from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.drafts import EMAIL_LENGTH, NAME_LENGTH, URL_LENGTH
from smo_kit.comments.markup import to_html
from smo_kit.comments.models import Action, Discussion, Entry, Origin, Report, Vote
from smo_kit.comments.moves import lock_discussion
from smo_kit.comments.people import person_of
from smo_kit.comments.repairing import place
from smo_kit.comments.scores import score_of
from smo_kit.comments.states import State
from smo_kit.comments.storage import add_many, add_missing
from smo_kit.comments.transfer.foreign import Foreign, moment
from smo_kit.comments.tree_repair import right_parents, tree_of
from smo_kit.core.addresses import is_web_address
from smo_kit.core.chunks import in_chunks
from smo_kit.core.converters import LARGEST_ID, id_in
from smo_kit.core.members import email_of
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.core.text import cut, one_line
from smo_kit.core.transactions import begin_to_write, patiently

MOST_VOTES: Final = 10_000
"""Likes of one comment that are kept, each a row."""
OWN: Final = {"smo", "xtd"}
"""Sources whose ids may be those of this very database."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was written of a page."""

    there: int
    new_threads: int


def known_of(key: Key, comments: Sequence[Foreign]) -> dict[str, int]:
    """Return the ids that these comments have here, by their ids there, of those that are here already."""
    by_mark = {mark: one.id for one in comments for mark in _marks(one)}
    found: dict[str, int] = {}
    for marks in in_chunks(by_mark):
        origins = Origin.objects.filter(site_id=site_id(), mark__in=marks).values_list("mark", "entry_id")
        found |= {by_mark[mark]: pk for mark, pk in origins}
    own = {int(id_): one for one in comments if one.id not in found and (id_ := _own_id(one))}
    for pks in in_chunks(own):
        rows = Entry.objects.filter(pk__in=pks, discussion__site_id=site_id(), **_of_page(key))
        dates = rows.values_list("pk", "comment__submit_date")
        found |= {own[pk].id: pk for pk, date in dates if _second(date) == _second(own[pk].submitted)}
    return found


def _marks(one: Foreign) -> dict[str, str]:
    """Return the marks that a comment has, and the source of each: its own, and those that its file brings along."""
    return {one.mark: one.source, **{str(mark): str(source) for source, mark in one.more.get("origins", [])}}


def _own_id(one: Foreign) -> str:
    """Return the id that it may have in this very database, "" for none."""
    given = one.own or (one.id if one.source in OWN else "")
    return given if 0 < id_in(given) <= LARGEST_ID else ""


def _second(date: dt.datetime | None) -> dt.datetime | None:
    """Return a date as exact as every format has it."""
    return date.replace(microsecond=0) if date else None


def store(key: Key, comments: Sequence[Foreign], known: Mapping[str, int], skipped: Mapping[str, str]) -> Stored:
    """Write those comments of a page that are not ``known``, all or none, and return what is there then.

    ``skipped`` has the parents of those that are not taken: a reply to one of them answers what that had answered.
    """
    if all(one.id in known for one in comments):
        return Stored(len(known), 0)
    ordered = sorted(comments, key=lambda one: one.submitted or dt.datetime.min.replace(tzinfo=dt.UTC))
    numbers = {one.id: n for n, one in enumerate(ordered)}
    said = {n: _parent_of(one, numbers, skipped) for n, one in enumerate(ordered)}
    parents, lost, _ = right_parents(said)
    levels = tree_of(parents, set()).levels
    new = sorted((n for n, one in enumerate(ordered) if one.id not in known), key=lambda n: (levels[n], n))

    def write() -> int:
        begin_to_write(Discussion)
        discussion = discussion_of(key, key.language)
        lock_discussion(discussion)
        paths = dict(Entry.objects.filter(discussion=discussion).values_list("pk", "path"))
        pks = {numbers[id_]: pk for id_, pk in known.items()}
        for some in in_chunks(new):
            _write([ordered[n] for n in some], [parents[n] for n in some], some, pks, paths, discussion)
        place(discussion)
        return len(known_of(key, comments))

    return Stored(patiently(write), sum(ordered[n].id not in known for n in lost))


def _parent_of(one: Foreign, numbers: Mapping[str, int], skipped: Mapping[str, str]) -> int:
    parent, seen = one.parent, set[str]()
    while parent in skipped and parent not in numbers and parent not in seen:
        seen.add(parent)
        parent = skipped[parent]
    return numbers.get(parent, -1) if parent else numbers[one.id]


def _write(
    some: list[Foreign],
    parents: list[int],
    numbers: list[int],
    pks: dict[int, int],
    paths: dict[int, str],
    discussion: Discussion,
) -> None:
    users = _users(some)
    comments = [_comment(one, discussion, users) for one in some]
    add_many(comments)
    entries = []
    answered: dict[int, int] = {}
    for one, n, parent, comment in zip(some, numbers, parents, comments, strict=True):
        above = pks.get(parent) if parent != n else None
        pks[n] = comment.pk
        answered[comment.pk] = above or comment.pk
        paths[comment.pk] = tree_paths.path_under(paths.get(above, "") if above else "", comment.pk)
        entries.append(_entry(one, comment, discussion, paths[comment.pk]))
    add_missing(answered)
    Entry.objects.bulk_create(entries)
    origins, votes = [], []
    for one, entry in zip(some, entries, strict=True):
        origins += [
            Origin(site_id=site_id(), source=source[:32], mark=mark, entry=entry)
            for mark, source in _marks(one).items()
        ]
        votes += _votes(one, entry)
    Origin.objects.bulk_create(origins, ignore_conflicts=True)
    Vote.objects.bulk_create(votes, batch_size=500, ignore_conflicts=True)
    _write_more(some, entries)


def _comment(one: Foreign, discussion: Discussion, users: Mapping[str, Any]) -> Comment:
    user = users.get(one.user)
    is_his = user is not None and email_of(user).casefold() == one.email.casefold()
    return Comment(
        content_type_id=discussion.content_type_id,
        object_pk=discussion.object_pk,
        site_id=discussion.site_id,
        user=user if is_his else None,
        user_name=cut(one_line(one.name), NAME_LENGTH, room=NAME_LENGTH) or gettext("Guest"),
        user_email=one.email if "@" in one.email and len(one.email) <= EMAIL_LENGTH else "",
        user_url=one.website if is_web_address(one.website) and len(one.website) <= URL_LENGTH else "",
        comment=one.text,
        submit_date=one.submitted,
        ip_address=_ip(one.ip),
        **one.state.flags,
    )


def _entry(one: Foreign, comment: Comment, discussion: Discussion, path: str) -> Entry:
    ids, more = tree_paths.ids_of(path), one.more
    likes, dislikes = _given(one)
    return Entry(
        comment_id=comment.pk,
        discussion=discussion,
        parent_id=ids[-2] if len(ids) > 1 else None,
        root_id=ids[0],
        path=path,
        state=one.state,
        published_at=moment(more.get("published_at")) or (one.submitted if one.state is State.PUBLISHED else None),
        edited_at=moment(more.get("edited_at")),
        pinned_at=moment(more.get("pinned_at")),
        language=str(more.get("language") or discussion.language)[:16],
        html=to_html(one.text),
        author_mark=str(more.get("author_mark", ""))[:64],
        person=person_of(user_id=comment.user_id, email=comment.user_email),
        likes=likes,
        dislikes=dislikes,
        score=score_of(likes, dislikes),
        reports=len(more.get("reports", [])),
        spam_score=more.get("spam_score"),
        reasons=more.get("reasons", []),
    )


def _given(one: Foreign) -> tuple[int, int]:
    if "votes" in one.more:
        values = [value for _, value in one.more["votes"]]
        return values.count(1), values.count(-1)
    return min(one.likes, MOST_VOTES), min(one.dislikes, MOST_VOTES)


def _votes(one: Foreign, entry: Entry) -> list[Vote]:
    """Return its votes; those whose voters are not known have made-up ones."""
    if "votes" in one.more:
        given = ((one_line(voter)[:64], value) for voter, value in one.more["votes"] if value in (1, -1))
        return [Vote(entry=entry, voter=voter, value=value) for voter, value in given]
    likes, dislikes = _given(one)
    values = [1] * likes + [-1] * dislikes
    return [Vote(entry=entry, voter=f"import:{n}", value=value) for n, value in enumerate(values)]


def _write_more(some: list[Foreign], entries: list[Entry]) -> None:
    pairs = list(zip(some, entries, strict=True))
    reports = [
        Report(entry=entry, reporter=str(who)[:64], reason=str(why)[:500])
        for one, entry in pairs
        for who, why in one.more.get("reports", [])
    ]
    actions = [
        Action(
            site_id=site_id(),
            entry=entry,
            **{name: str(value) for name, value in zip(("verb", "before", "after", "note"), row, strict=True)},
        )
        for one, entry in pairs
        for row in one.more.get("actions", [])
    ]
    Report.objects.bulk_create(reports, batch_size=500, ignore_conflicts=True)
    Action.objects.bulk_create(actions, batch_size=500)


def _users(some: list[Foreign]) -> dict[str, Any]:
    names = {one.user for one in some if one.user}
    model = get_user_model()
    found = model._default_manager.filter(**{f"{model.USERNAME_FIELD}__in": names}) if names else []
    return {one.get_username(): one for one in found}


def _ip(text: str) -> str | None:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None


def _of_page(key: Key) -> dict[str, Any]:
    return {f"discussion__{name}": value for name, value in key.fields.items()}
