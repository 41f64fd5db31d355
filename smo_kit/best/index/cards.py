"""The index of the site's texts: a page is read, weighed and put beside those it is like, by its own text alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from functools import partial
from typing import Final

from django.utils import timezone

from smo_kit.best.bulk import delete, insert
from smo_kit.best.index import frequencies, neighbours, postings
from smo_kit.best.index.alike import alike_to
from smo_kit.best.index.bag_rows import bag_in
from smo_kit.best.index.reading import Reading, read
from smo_kit.best.models import Posting, Tagged, Text
from smo_kit.best.order.ranking import CHUNK, rank
from smo_kit.best.order.unranked import let_wait
from smo_kit.best.texts.words import Bag
from smo_kit.core.chunks import in_chunks
from smo_kit.core.events import event, event_logger
from smo_kit.core.models import CardRow
from smo_kit.core.transactions import patiently

logger = event_logger(__name__)

AGAIN: Final = dt.timedelta(hours=1)
"""After so long a card is tried again whose function raises."""


def index(cards: Collection[int]) -> int:
    """Read those of the cards (their ids, some dozens) that are due; return how many were done.

    What changes again meanwhile stays due. Safe beside other workers.
    """
    texts = list(Text.objects.waiting().filter(pk__in=cards))
    readings = read(list(CardRow.objects.filter(pk__in=[text.pk for text in texts])))
    changed: set[int] = set()
    done = 0
    for text in texts:
        reading = readings.found.get(text.pk)
        if text.pk in readings.failed:
            postpone([text])
        elif reading is None:
            forget([text.pk])
        else:
            try:
                changed |= patiently(partial(_put, text, reading))
                done += 1
            except Exception:
                logger.exception(
                    "The index can't take the card %s now; it is tried again later.",
                    text.pk,
                    extra=event("best.card_not_indexed", text=text.pk),
                )
                postpone([text])
    for chunk in in_chunks(sorted(changed), CHUNK):
        rank(chunk)
    return done


def forget(cards: Iterable[int]) -> None:
    """Take cards (their ids) out of the index."""
    for card in cards:
        patiently(partial(_take_out, card))


def postpone(texts: Iterable[Text]) -> None:
    """Let others go before texts that can't be read now, unless they have changed meanwhile."""
    for text in texts:
        Text.objects.filter(pk=text.pk, due=text.due).update(due=timezone.now() + AGAIN)


def keep_tags(card: int, tags: Collection[str]) -> None:
    """Give a card its tags, in place of those it has."""
    there = set(Tagged.objects.filter(card=card).values_list("tag", flat=True))
    if gone := there - set(tags):
        delete(Tagged.objects.filter(card=card, tag__in=gone))
    if new := [tag for tag in tags if tag not in there]:
        insert(Tagged, ("card", "tag"), [(card, tag) for tag in new])


def _put(text: Text, reading: Reading) -> set[int]:
    """Put what was read into the index; return the cards whose neighbours wait to be put in order."""
    before = bag_in(text.bag)
    frequencies.lock({reading.bag.language, before.language if before else reading.bag.language})
    now = Text.objects.filter(pk=text.pk).first()
    if now is None or now.due != text.due:
        return set()  # it is gone, another worker has done it, or it will be read again
    packed = reading.bag.pack()
    bag = Bag.unpack(packed)
    frequencies.exchange(bag_in(now.bag), bag)
    documents, numbers = frequencies.frequencies_of(bag)
    weighed = postings.weigh(bag, documents, numbers)
    postings.replace(text.pk, weighed.strongest)
    keep_tags(text.pk, reading.tags)
    known = dict(zip(frequencies.signed(bag.terms).tolist(), numbers, strict=True))
    changed = {text.pk} | neighbours.renew(text.pk, alike_to(text.pk, now.language, weighed, known))
    values = {"digest": reading.digest, "bag": packed, "length": weighed.length, "words": weighed.words}
    Text.objects.filter(pk=text.pk).update(**values, due=None)
    let_wait(changed)
    return changed


def _take_out(card: int) -> None:
    if before := _bag_of(card):
        frequencies.lock([before.language])
        frequencies.exchange(_bag_of(card), None)
    let_wait(neighbours.drop(card))
    delete(Posting.objects.filter(card=card))
    delete(Tagged.objects.filter(card=card))
    delete(Text.objects.filter(pk=card))


def _bag_of(card: int) -> Bag | None:
    text = Text.objects.filter(pk=card).first()
    return bag_in(text.bag) if text else None
