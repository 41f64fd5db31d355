"""Pairs of pages and offers on their way to the database: they wait as ``engagement.buffer`` has them wait.

What is written has an effect on which pages are offered: those are put in order again. Clicks and pairs do so at once;
mere showings, of which each view of a page brings some, are looked at whenever the page is put in order next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from django.db import router, transaction
from django.utils import timezone

from smo_kit.best.conf import best_settings
from smo_kit.best.models import Offer, Pair, Text
from smo_kit.best.order.candidates import Subject, these
from smo_kit.best.periods import monday
from smo_kit.best.told.offers import Offering
from smo_kit.core.chunks import in_chunks
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.engagement.buffer import Buffer, Row, keep_to_the_end
from smo_kit.engagement.conf import engagement_settings
from smo_kit.engagement.upsert import add, add_each

CHUNK: Final = 90
"""Rows of one statement: with ten columns below the 999 parameters of an old SQLite."""

Counter = Literal["pair", "shown", "clicked"]


def pair_of(one: Key, other: Key) -> tuple[Subject, Subject]:
    """Return two subjects in the order in which their pair stands in the table."""
    first, second = sorted([_subject(one), _subject(other)])
    return first, second


def add_pair(one: Key, other: Key) -> None:
    """Count that two different subjects were read one after the other. Those that are gone make no row."""
    first, second = pair_of(one, other)
    _take({("pair", site_id(), *first, *second, monday()): 1})


def add_shown(offering: Offering) -> None:
    """Count that an offer was seen, for each of its pages."""
    _take({("shown", *_place(offering, position)): 1 for position in range(len(offering.keys))})


def add_clicked(offering: Offering, position: int) -> None:
    """Count that a page of an offer was followed."""
    _take({("clicked", *_place(offering, position)): 1})


def _subject(key: Key | None) -> Subject:
    return (key.content_type_id, key.object_pk) if key else (0, "")


def _place(offering: Offering, position: int) -> Row:
    """Return the row of a page in an offer, as ``Offer.identity`` has it."""
    shown = _subject(offering.keys[position])
    return (site_id(), monday(), offering.block, *_subject(offering.page), *shown, position)


def _take(rows: Mapping[Row, int]) -> None:
    buffer.add_all(rows, wait=engagement_settings().buffer_seconds)


def _write(rows: Mapping[Row, int]) -> None:
    """Add to both tables, all or nothing, always in this order: what fails is tried again as a whole.

    Pairs of which one page is gone, or of a kind that is never offered, are left out.
    """
    of: dict[Counter, dict[Row, int]] = {"pair": {}, "shown": {}, "clicked": {}}
    for (counter, *row), n in rows.items():
        of[counter][tuple(row)] = n
    ends = {row: ((row[1], row[2]), (row[3], row[4])) for row in of["pair"]}
    pages = {(row[3], row[4]) for row in of["clicked"]}
    cards = _cards(pages.union(*ends.values()))  # read before the transaction: SQLite's may not read and then write
    pairs = {row: of["pair"][row] for row, both in ends.items() if cards.keys() >= set(both)}
    places = {row: (of["shown"].get(row, 0), of["clicked"].get(row, 0)) for row in of["shown"] | of["clicked"]}
    changed = pages.union(*(ends[row] for row in pairs))
    using = router.db_for_write(Pair)
    with transaction.atomic(using=using):
        if pairs:
            add(Pair, Pair.identity, "n", pairs, using)
        if places:
            add_each(Offer, Offer.identity, ("shown", "clicked"), places, using)
        _wait(pk for subject in changed for pk in cards.get(subject, ()))


def _cards(subjects: Iterable[Subject]) -> dict[Subject, list[int]]:
    """Return the ids of the cards of each subject that has some which are offered: in all languages, in one query."""
    rows = CardRow.objects.filter(these(subjects)).exclude(kind__in=best_settings().leave_out)
    found: dict[Subject, list[int]] = defaultdict(list)
    for card, content_type, pk in rows.values_list("pk", "content_type_id", "object_pk"):
        found[content_type, pk].append(card)
    return found


def _wait(cards: Iterable[int]) -> None:
    """Have the neighbours of these cards put in order again, if they don't wait for it already."""
    for some in in_chunks(sorted(set(cards))):
        Text.objects.filter(card__in=some, unranked=None).update(unranked=timezone.now())


buffer: Final = keep_to_the_end(Buffer(_write, chunk=CHUNK))
