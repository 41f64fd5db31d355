"""The phases of a rebuild, each in steps that are written one by one."""

from __future__ import annotations

import datetime as dt
import gc
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Final

from django.db import connections, router
from django.db.models import Exists, OuterRef
from django.utils import timezone

from smo_kit.best.bulk import delete, insert, put
from smo_kit.best.conf import best_settings
from smo_kit.best.index import cards as index
from smo_kit.best.index import counting
from smo_kit.best.index.pairs import Pairs, all_pairs
from smo_kit.best.index.postings import Weighed, weigh
from smo_kit.best.index.reading import Readings, read
from smo_kit.best.models import Frequency, Neighbour, Posting, Tagged, Text
from smo_kit.best.order.known import Known
from smo_kit.best.order.ranking import rank
from smo_kit.core.chunks import in_chunks
from smo_kit.core.models import CardRow

READ: Final = 200
"""Cards that are read together."""
FOUND: Final = 1_000
"""Cards whose neighbours are found together."""
RANKED: Final = 200
"""Cards whose neighbours are put in order together: nobody else can write to SQLite meanwhile."""
LATE: Final = 20
"""Cards that have changed meanwhile and are read together."""


def nothing() -> None:
    """Write nothing: only that the rebuild lives."""


@dataclass(frozen=True, slots=True)
class Step:
    """One chunk of a phase, worked out and not yet written."""

    write: Callable[[], None] = nothing
    after: int = 0
    """The last card that is done then."""
    done: int = 0
    failed: int = 0


class Phase:
    """A piece of a rebuild."""

    starts_over: ClassVar[bool] = False
    """It can't go on in the middle, and is quick."""

    def total(self) -> int:
        """Return how much there is to do, from the phase's beginning."""
        return Text.objects.count()

    def steps(self, after: int) -> Iterator[Step]:
        """Yield the chunks after a card."""
        raise NotImplementedError


class Reading(Phase):
    """Every card is read."""

    def total(self) -> int:
        return CardRow.objects.count()

    def steps(self, after: int) -> Iterator[Step]:
        there = CardRow.objects.filter(pk=OuterRef("card_id"))
        orphans = list(Text.objects.filter(~Exists(there)).values_list("pk", flat=True)) if not after else []
        yield Step(lambda: index.forget(orphans), after)
        while rows := list(CardRow.objects.filter(pk__gt=after).order_by("pk")[:READ]):
            began = timezone.now()
            left_out = best_settings().leave_out
            wanted = [row for row in rows if row.kind not in left_out]
            readings = read(wanted)
            gone = [row.pk for row in rows if row.pk not in readings.found and row.pk not in readings.failed]
            after = rows[-1].pk
            write = _reader(wanted, readings, gone, began)
            yield Step(write, after, len(rows), len(readings.failed))


def _reader(rows: list[CardRow], readings: Readings, gone: list[int], began: dt.datetime) -> Callable[[], None]:
    def write() -> None:
        there = set(CardRow.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        texts = [_text(row, readings) for row in rows if row.pk in there and row.pk in readings.found]
        targets = connections[router.db_for_write(Text)].features.supports_update_conflicts_with_target
        Text.objects.bulk_create(
            texts,
            update_conflicts=True,
            update_fields=["digest", "bag"],
            unique_fields=["card"] if targets else None,
        )
        failed = [row for row in rows if row.pk in there and row.pk in readings.failed]
        Text.objects.bulk_create(
            [Text(card_id=row.pk, language=row.language, due=began + index.AGAIN) for row in failed],
            ignore_conflicts=True,
        )
        Text.objects.filter(pk__in=[text.pk for text in texts], due__lte=began).update(due=None)
        _keep_tags({text.pk: readings.found[text.pk].tags for text in texts})
        index.forget(Text.objects.filter(pk__in=gone).values_list("pk", flat=True))

    return write


def _text(row: CardRow, readings: Readings) -> Text:
    reading = readings.found[row.pk]
    return Text(card_id=row.pk, language=row.language, digest=reading.digest, bag=reading.bag.pack())


def _keep_tags(tags: dict[int, tuple[str, ...]]) -> None:
    there = set(Tagged.objects.filter(card__in=tags).values_list("card", "tag"))
    now = {(card, tag) for card, names in tags.items() for tag in names}
    if there - now:
        delete(Tagged.objects.filter(card__in={card for card, _ in there - now}))
        there = {one for one in there if one[0] not in {card for card, _ in there - now}}
    if now - there:
        insert(Tagged, ("card", "tag"), sorted(now - there))


class Counting(Phase):
    """Every term is counted."""

    starts_over = True

    def steps(self, after: int) -> Iterator[Step]:
        counted: dict[str, counting.Counted] = {}
        for so_far in counting.count():
            counted = so_far
            yield Step()
        for language, (terms, _) in counted.items():
            for start in range(0, len(terms), counting.WRITTEN):
                yield Step(_writer(language, counted[language], start))
        yield Step(lambda: _forget_languages(list(counted)), done=self.total())


def _writer(language: str, counted: counting.Counted, start: int) -> Callable[[], None]:
    return lambda: counting.write(language, counted, start)


def _forget_languages(kept: list[str]) -> None:
    delete(Frequency.objects.exclude(language__in=kept))


class Weighing(Phase):
    """Every text is weighed."""

    def steps(self, after: int) -> Iterator[Step]:
        known = counting.Frequencies()
        while bags := counting.bags_after(after):
            texts = {card: weigh(bag, *known.of(bag)) for card, bag in bags}
            after = bags[-1][0]
            yield Step(_weigher(texts), after, len(bags))


def _weigher(texts: dict[int, Weighed]) -> Callable[[], None]:
    def write() -> None:
        there = dict(Text.objects.filter(pk__in=texts).values_list("pk", "words"))
        new = {(card, *one) for card in there for one in texts[card].strongest.items()}
        old = set(Posting.objects.filter(card__in=texts).values_list("card", "term", "weight"))
        changed = {card for card, *_ in new ^ old}
        delete(Posting.objects.filter(card__in=changed))
        rows = [(card, term, weight) for card, term, weight in new if card in changed]
        insert(Posting, ("card", "term", "weight"), sorted(rows, key=lambda row: row[1]))
        words = {card: texts[card].words for card in there}
        put(Text, "card", "length", [(texts[card].length, card) for card in there])
        put(Text, "card", "words", [(json.dumps(words[card]), card) for card in there if there[card] != words[card]])

    return write


class Finding(Phase):
    """Every text gets its neighbours."""

    def steps(self, after: int) -> Iterator[Step]:
        pairs: dict[str, Pairs] = {}
        for so_far in all_pairs():
            pairs = so_far
            yield Step(after=after)
        while texts := list(Text.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "language")[:FOUND]):
            found = {
                (card, other): similarity
                for card, language in texts
                for other, similarity in _near(pairs, card, language).items()
            }
            after = texts[-1][0]
            yield Step(_finder([card for card, _ in texts], found), after, len(texts))


def _near(pairs: dict[str, Pairs], card: int, language: str) -> dict[int, int]:
    return pairs[language].of(card) if language in pairs else {}


def _finder(cards: list[int], found: dict[tuple[int, int], int]) -> Callable[[], None]:
    def write() -> None:
        rows = Neighbour.objects.filter(card__in=cards).values_list("card", "other", "similarity", "pk")
        there = {(card, other): (similarity, pk) for card, other, similarity, pk in rows}
        gone = [pk for pair, (similarity, pk) in there.items() if similarity and pair not in found]
        for some in in_chunks(gone):
            delete(Neighbour.objects.filter(pk__in=some))
        missing = [(*pair, similarity) for pair, similarity in sorted(found.items()) if pair not in there]
        insert(Neighbour, ("card", "other", "similarity"), missing)
        changed = [
            (found[pair], pk) for pair, (similarity, pk) in there.items() if found.get(pair, similarity) != similarity
        ]
        put(Neighbour, "id", "similarity", changed)
        Text.objects.filter(pk__in=cards).update(unranked=timezone.now())

    return write


class Ranking(Phase):
    """The neighbours of every text are put in order."""

    def steps(self, after: int) -> Iterator[Step]:
        known = Known()
        while cards := list(Text.objects.to_rank().values_list("pk", flat=True)[:RANKED]):
            yield Step(partial(_rank, cards, known), 0, len(cards))


def _rank(cards: list[int], known: Known) -> None:
    """Rank without the garbage collector: it would look through all that is known again and again, and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        rank(cards, known)
    finally:
        if was_on:
            gc.enable()


class Late(Phase):
    """What has changed meanwhile is read."""

    starts_over = True

    def total(self) -> int:
        return Text.objects.waiting().count()

    def steps(self, after: int) -> Iterator[Step]:
        while cards := list(Text.objects.waiting().values_list("pk", flat=True)[:LATE]):
            index.index(cards)
            yield Step(nothing, 0, len(cards))
