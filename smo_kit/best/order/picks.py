"""Pages that editors want offered nowhere: ``Text.offered`` says it, so that no list need ask for it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from smo_kit.best.models import Neighbour, Pick, Text
from smo_kit.best.order.candidates import Subject, these
from smo_kit.best.order.unranked import let_wait
from smo_kit.best.stamp import bump
from smo_kit.core.chunks import in_chunks
from smo_kit.core.subjects import Key


def renew_offered(keys: Iterable[Key] | None = None) -> int:
    """Keep ``Text.offered`` true to what editors want now, of these subjects or of all; return how many changed.

    The index is that of all sites of the database: what an editor of one of them wants nowhere is offered on none.
    Pages beside which they stood, or would stand, wait to be put in order.
    """
    picks = Pick.objects.everywhere().filter(verb=Pick.Verb.NEVER)
    texts = Text.objects.filter(card__title__isnull=False)  # of cards that are there
    if keys is not None:
        subjects = [(key.content_type_id, key.object_pk) for key in keys]
        picks = picks.filter(these(subjects))
        texts = texts.filter(_of(subjects))
    refused = set(picks.values_list("content_type_id", "object_pk"))
    out = {pk for some in in_chunks(refused) for pk in texts.filter(_of(some)).values_list("pk", flat=True)}
    were_out = set(texts.filter(offered=False).values_list("pk", flat=True))
    _offer(out - were_out, is_offered=False)
    _offer(were_out - out, is_offered=True)
    if out != were_out:
        bump()
    return len(out ^ were_out)


def _of(subjects: Iterable[Subject]) -> Q:
    return these(subjects, "card__content_type", "card__object_pk")


def _offer(cards: Iterable[int], *, is_offered: bool) -> None:
    for some in in_chunks(sorted(cards)):
        Text.objects.filter(pk__in=some).update(offered=is_offered)
        let_wait(Neighbour.objects.filter(other__in=some).values_list("card", flat=True))
