"""What best materials hear."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from smo_kit.best.conf import best_settings
from smo_kit.best.index.cards import forget
from smo_kit.best.index.reading import body_of, digest_of
from smo_kit.best.index.tasks import AT_ONCE, index_cards
from smo_kit.best.models import Choice, Curation, Pick, Text
from smo_kit.best.order.choices import on_choice, on_curation, on_pick
from smo_kit.best.stamp import bump
from smo_kit.core.cards import Card
from smo_kit.core.models import CardRow
from smo_kit.core.querysets import about
from smo_kit.core.signals import cards_renewed
from smo_kit.core.subjects import Key
from smo_kit.core.tables import is_migrated
from smo_kit.core.tasks import enqueue_on_commit
from smo_kit.core.transactions import patiently


def on_cards_renewed(sender: Any, cards: list[tuple[Key, Card]], **kwargs: object) -> None:
    """Let the index read the cards whose words have changed, and forget those of a kind that is never offered."""
    if not cards or not is_migrated(Text):
        return
    left_out = best_settings().leave_out
    renewed = {(key.content_type_id, key.object_pk, key.language): card for key, card in cards}
    changed: list[Text] = []
    for pk, old, *identity in _rows([key for key, _ in cards]):
        card = renewed.get(tuple(identity))
        if card is None:
            continue
        if card.kind in left_out:
            if old is not None:
                forget([pk])
        elif (digest := digest_of(card.title, body_of(card, card.text), card.tags)) != old:
            changed.append(Text(card_id=pk, language=identity[-1], digest=digest, due=timezone.now()))
    if changed:
        patiently(lambda: _mark(changed))
        if len(changed) <= AT_ONCE:
            enqueue_on_commit(index_cards, [text.pk for text in changed])


def on_row_deleted(sender: Any, instance: CardRow, **kwargs: object) -> None:
    """Take a page that is public no longer out of the index, and out of all blocks, at once."""
    if is_migrated(Text):
        forget([instance.pk])
        bump()


def _rows(keys: list[Key]) -> list[tuple[Any, ...]]:
    """Return (pk, digest, content type, object, language) of the keys' rows: one query."""
    rows = CardRow.objects.filter(about(keys))
    return list(rows.values_list("pk", "smo_text__digest", "content_type", "object_pk", "language"))


def _mark(texts: list[Text]) -> None:
    """Note that texts are due; those that the index does not know yet are made."""
    there = set(Text.objects.filter(pk__in=[text.pk for text in texts]).values_list("pk", flat=True))
    Text.objects.bulk_create([text for text in texts if text.pk not in there], ignore_conflicts=True)
    Text.objects.bulk_update([text for text in texts if text.pk in there], ["digest", "due"])


cards_renewed.connect(on_cards_renewed, dispatch_uid="smo_kit.best.renewed")
post_delete.connect(on_row_deleted, sender=CardRow, dispatch_uid="smo_kit.best.row_deleted")
post_save.connect(on_curation, sender=Curation, dispatch_uid="smo_kit.best.curation")
post_delete.connect(on_curation, sender=Curation, dispatch_uid="smo_kit.best.no_curation")
post_save.connect(on_choice, sender=Choice, dispatch_uid="smo_kit.best.choice")
post_delete.connect(on_choice, sender=Choice, dispatch_uid="smo_kit.best.no_choice")
post_save.connect(on_pick, sender=Pick, dispatch_uid="smo_kit.best.pick")
post_delete.connect(on_pick, sender=Pick, dispatch_uid="smo_kit.best.no_pick")
