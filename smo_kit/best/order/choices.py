"""An editor has chosen: the pages concerned are put in order at once, when it is sure."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from smo_kit.best.models import Choice, Curation, Pick, Text
from smo_kit.best.order.picks import renew_offered
from smo_kit.best.order.ranking import CHUNK, rank
from smo_kit.best.stamp import bump
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key
from smo_kit.core.transactions import patiently


def on_curation(sender: Any, instance: Curation, raw: bool = False, **kwargs: object) -> None:
    """Put in order what stands beside the page."""
    if not raw:
        rank_again(instance.key)


def on_choice(sender: Any, instance: Choice, raw: bool = False, **kwargs: object) -> None:
    """Put in order what stands beside the page for which something was chosen."""
    curation = None if raw else Curation.objects.filter(pk=instance.curation_id).first()
    if curation:
        rank_again(curation.key)


def on_pick(sender: Any, instance: Pick, raw: bool = False, **kwargs: object) -> None:
    """Offer the page nowhere any more, or again; or among the best, or there no more."""
    if not raw:
        renew_offered([instance.key])
        bump()


def rank_again(key: Key) -> None:
    """Put the neighbours of a subject in order on commit, once however often it is asked for, and show them."""
    _cards(key).update(unranked=timezone.now())
    transaction.on_commit(partial(_rank_marked, key), robust=True)


def _rank_marked(key: Key) -> None:
    """A page without a text can't be marked: only editors' choices stand beside it."""
    marked = Q(smo_text__unranked__isnull=False) | Q(smo_text__isnull=True)
    cards = list(CardRow.objects.filter(marked, **key.fields).values_list("pk", flat=True)[:CHUNK])
    patiently(partial(rank, cards))
    if cards:
        bump()


def _cards(key: Key) -> Any:
    return Text.objects.filter(card__in=CardRow.objects.filter(**key.fields))
