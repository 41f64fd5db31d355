"""Rating: one row from everyone, and a summary that is right whoever else rates at the same moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from http import HTTPStatus
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smo_kit.core.cards import Card
from smo_kit.core.identities import of_member
from smo_kit.core.marks import mark
from smo_kit.core.refusals import Refused
from smo_kit.core.settings import site_id
from smo_kit.core.shown import card_of, owner_of
from smo_kit.core.subjects import Key, key_of
from smo_kit.core.transactions import begin_to_write, patiently
from smo_kit.core.visitors import Visitor
from smo_kit.engagement.services import record
from smo_kit.ratings.conf import ratings_settings
from smo_kit.ratings.kinds import RATED
from smo_kit.ratings.models import Rating, Summary
from smo_kit.ratings.people import voters_of
from smo_kit.ratings.scales import choice_of
from smo_kit.ratings.tallies import columns, renew, tallies, tally, written

GONE: Final = _("This page is not there any more.")
UNKNOWN: Final = _("That can't be given here. Please go back to the page and press one of its buttons.")
_NEW: Final = "smo_kit.ratings.new"
MOMENT: Final = 0.6
"""Seconds between the two clicks of who clicks twice."""
TWICE: Final = 2
"""Seconds within which a newcomer's second rating of a page is the same one. They are more: his first answer, which has
his cookie, must have come.
"""


def rate(
    subject: Model | Key,
    value: str,
    visitor: Visitor,
    *,
    kind: str = "",
    request: HttpRequest | None = None,
    newcomer: str = "",
) -> Summary:
    """Take what a reader gives; his last word counts, once. Return the subject's ratings, counted.

    ``kind`` "" is the site's. ``request`` says who may see what is not public. ``newcomer`` stands for where a browser
    comes from that has never done anything here: of two ratings at once the second takes the place of the first.
    Raises Refused for a value or a subject that there is not, and for one's own page.
    """
    conf = ratings_settings()
    kind = kind or conf.kind
    if choice_of(kind, value, conf) is None:
        raise Refused(UNKNOWN)
    key = key_of(subject)
    card = card_of_rated(key, request=request)
    if visitor.user_id is not None and owner_of(key, card) == visitor.user_id:
        raise Refused(_("This is your own page."), status=HTTPStatus.FORBIDDEN)
    return _give(key, kind, value, visitor, request=request, newcomer=newcomer)


def unrate(subject: Model | Key, visitor: Visitor, *, kind: str = "") -> Summary:
    """Take back what a reader has given, if he has; return the subject's ratings, counted."""
    key, kind = key_of(subject), kind or ratings_settings().kind
    if not given_by(key, visitor, kind=kind):
        return tally(key, kind)
    return _give(key, kind, "", visitor)


def given_by(subject: Model | Key, visitor: Visitor | None, *, kind: str = "") -> str:
    """Return what a reader has given; "" for nothing."""
    if visitor is None:
        return ""
    voters = voters_of(visitor)
    rows = written(Rating).filter(**columns(key_of(subject), kind or ratings_settings().kind), voter__in=voters)
    found = dict(rows.values_list("voter", "value"))
    return next((found[voter] for voter in voters if found.get(voter)), "")


def has_rated(subject: Model | Key, visitor: Visitor, *, kind: str = "") -> bool:
    """Say whether a reader is among those of a subject already; he still is when he has taken it back."""
    rows = written(Rating).filter(**columns(key_of(subject), kind or ratings_settings().kind))
    return rows.filter(voter__in=voters_of(visitor)).exists()


def has_just_given(subject: Model | Key, visitor: Visitor, *, kind: str = "") -> bool:
    """Say whether a reader has given something within the last moment: a second click now is the same one."""
    since = timezone.now() - dt.timedelta(seconds=MOMENT)
    rows = written(Rating).filter(**columns(key_of(subject), kind or ratings_settings().kind), changed__gt=since)
    return rows.filter(voter__in=voters_of(visitor)).exclude(value="").exists()


def summary_of(subject: Model | Key, *, kind: str = "") -> Summary:
    """Return the ratings of a subject, counted: no query if they are known."""
    return tally(key_of(subject), kind or ratings_settings().kind)


def summaries(subjects: Iterable[Model | Key], *, kind: str = "") -> dict[Key, Summary]:
    """Return the ratings of many subjects by their keys, in one query."""
    return tallies([key_of(subject) for subject in subjects], kind or ratings_settings().kind)


def card_of_rated(key: Key, *, language: str = "", request: HttpRequest | None = None) -> Card:
    """Return the card of a subject that this reader may see. Raises Refused."""
    try:
        card = card_of(key, language=language, request=request)
    except (ContentType.DoesNotExist, ValueError, ValidationError):  # the key was never one of this site
        card = None
    if card is None:
        raise Refused(GONE, status=HTTPStatus.NOT_FOUND)
    return card


def recount(key: Key, kind: str) -> None:
    """Count a subject's ratings anew: some were deleted."""

    def work() -> None:
        summary = _locked(key, kind)
        summary.count, summary.total, summary.values = 0, 0, {}
        for value in written(Rating).filter(**columns(key, kind)).values_list("value", flat=True).iterator():
            summary.add(value)
        _write(summary)

    _make_summary(key, kind)
    patiently(work)


def join(voters: list[str], others: list[str]) -> int:
    """Make what was given by ``others`` that of ``voters``, whose first mark is the present one.

    Where both have given something, that of ``voters`` stays. What nobody counts, since its subject was deleted, is
    deleted, and so is what they would have given to their own page. Return how many subjects that were.
    """
    rows = written(Rating).filter(site_id=site_id(), voter__in=others)
    things = list(rows.order_by("pk").values_list("content_type_id", "object_pk", "kind"))
    for content_type, pk, kind in dict.fromkeys(things):
        key = Key(content_type, pk)
        patiently(partial(_join, key, kind, voters, others))
    return len(set(things))


def _join(key: Key, kind: str, voters: list[str], others: list[str]) -> None:
    where = columns(key, kind)
    try:
        summary = _locked(key, kind)
    except Summary.DoesNotExist:  # its subject was deleted
        written(Rating).filter(**where, voter__in=others).delete()
        return
    rows = written(Rating).filter(**where, voter__in=[*voters, *others])
    said = [row for row in rows.order_by("-changed", "-pk") if row.value]
    kept = next((row for row in said if row.voter in voters), None) or next(iter(said), None) or rows.first()
    if kept is None:
        return
    is_own = kept.voter in others and not set(voters).isdisjoint(of_member(owner_of(key, None)))
    for row in said:
        if is_own or row.pk != kept.pk:
            summary.add(row.value, -1)
    (rows if is_own else rows.exclude(pk=kept.pk)).delete()
    rows.filter(pk=kept.pk).update(voter=voters[0])
    _write(summary)


def _give(
    key: Key, kind: str, value: str, visitor: Visitor, *, request: HttpRequest | None = None, newcomer: str = ""
) -> Summary:
    voters = voters_of(visitor)
    if not voters:
        raise ValueError("A visitor without a key and without an account can give nothing.")
    slot = f"smo:rated:new:{mark(_NEW, repr((newcomer, columns(key, kind))))}" if newcomer else ""

    def work() -> Summary:
        summary = _locked(key, kind)
        twin = cache.get(slot) if slot else None
        is_first = _put(summary, value, [*voters, *([twin] if twin else [])])
        if slot:
            cache.set(slot, voters[0], TWICE)
        if is_first:
            record(RATED.id, key, facet=value, visitor=visitor, request=request)
        _write(summary)
        return summary

    _make_summary(key, kind)
    try:
        return patiently(work)
    except Summary.DoesNotExist:  # its subject was deleted a moment ago
        raise Refused(GONE, status=HTTPStatus.NOT_FOUND) from None


def _put(summary: Summary, value: str, voters: list[str]) -> bool:
    """Have one row of these voters, which says ``value``; return whether there was none. The summary is locked."""
    where = columns(summary.key, summary.kind)
    rows = list(written(Rating).filter(**where, voter__in=voters).order_by("pk"))
    for row in rows:
        summary.add(row.value, -1)
    for row in rows[1:]:
        row.delete()
    row = rows[0] if rows else Rating(**where)
    row.voter, row.value = voters[0], value
    row.save()
    summary.add(value)
    return not rows


def _make_summary(key: Key, kind: str) -> None:
    """Have a row that can be locked. It is made in a transaction of its own, so that nobody waits for two locks."""
    if not written(Summary).filter(**columns(key, kind)).exists():
        with transaction.atomic():
            written(Summary).bulk_create([Summary(**columns(key, kind))], ignore_conflicts=True)


def _locked(key: Key, kind: str) -> Summary:
    begin_to_write(Summary)
    return Summary.objects.select_for_update().get(**columns(key, kind))


def _write(summary: Summary) -> None:
    summary.save(update_fields=["count", "total", "values"])
    renew(summary.key, summary.kind)
