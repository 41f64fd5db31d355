"""A site of cards as the index leaves them: made by hand, so that each test says what is alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from smo_kit.best.models import Choice, Curation, Neighbour, Offer, Pair, Posting, Text
from smo_kit.best.periods import monday
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key
from tests.blog.models import Post


def a_card(name: str, *, language="en", text=True, words=(), age: float = 100, **fields) -> CardRow:
    """Make a card; ``name`` is its subject's pk and, if nothing else is said, its title."""
    kind = ContentType.objects.get_for_model(Post)
    made = CardRow.objects.create(
        content_type=kind,
        object_pk=name,
        source_type=kind,
        source_pk=name,
        language=language,
        url=f"/{language}/{name}/",
        title=fields.pop("title", name),
        published=timezone.now() - dt.timedelta(days=age),
        **fields,
    )
    if text:
        Text.objects.create(card=made, language=language, words=list(words))
    return made


def cards(names: Iterable[str], **fields) -> dict[str, CardRow]:
    return {name: a_card(name, **fields) for name in names}


def alike(one: CardRow, others: dict[CardRow, float]) -> None:
    """Say how alike others are to a card."""
    Neighbour.objects.bulk_create(
        Neighbour(card=one, other=other, similarity=int(similarity * 10_000)) for other, similarity in others.items()
    )


def terms(card: CardRow, *of: int) -> None:
    Posting.objects.bulk_create(Posting(card=card, term=term, weight=1000) for term in of)


def read(one: CardRow, other: CardRow, times: int, *, weeks_ago: int = 0) -> None:
    first, second = sorted([one, other], key=lambda card: (card.content_type_id, card.object_pk))
    week = monday() - dt.timedelta(weeks=weeks_ago)
    Pair.objects.create(
        first_type_id=first.content_type_id,
        first_pk=first.object_pk,
        second_type_id=second.content_type_id,
        second_pk=second.object_pk,
        week=week,
        n=times,
    )


def shown(page: CardRow | None, other: CardRow, position: int, times: int, clicked: int, *, block="related") -> None:
    """Add to what readers saw and clicked this week."""
    key = page.key if page else Key(0, "")
    offer, _ = Offer.objects.get_or_create(
        week=monday(),
        block=block,
        page_type_id=key.content_type_id,
        page_pk=key.object_pk,
        shown_type_id=other.content_type_id,
        shown_pk=other.object_pk,
        position=position,
    )
    Offer.objects.filter(pk=offer.pk).update(shown=offer.shown + times, clicked=offer.clicked + clicked)


def wish(page: CardRow, *, only=False, pins: Iterable[CardRow] = (), hides: Iterable[CardRow] = ()) -> Curation:
    curation = Curation.objects.create(content_type=page.content_type, object_pk=page.object_pk, only=only)
    for verb, chosen in ((Choice.Verb.PIN, pins), (Choice.Verb.HIDE, hides)):
        for place, card in enumerate(chosen):
            Choice.objects.create(
                curation=curation, verb=verb, place=place, content_type=card.content_type, object_pk=card.object_pk
            )
    return curation


def order(page: CardRow) -> list[str]:
    """Return the subjects that have a place beside a page, in order."""
    rows = Neighbour.objects.filter(card=page, place__isnull=False).order_by("place")
    return list(rows.values_list("other__object_pk", flat=True))


def reasons(page: CardRow) -> dict[str, tuple[str, str]]:
    rows = Neighbour.objects.filter(card=page, place__isnull=False)
    return {name: (why, detail) for name, why, detail in rows.values_list("other__object_pk", "reason", "detail")}
