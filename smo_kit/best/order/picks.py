"""Pages that editors want offered nowhere: ``Text.offered`` says it, so that no list need ask for it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from smo_kit.best.models import Neighbour, Pick, Text
from smo_kit.best.order.candidates import these
from smo_kit.best.stamp import bump
from smo_kit.core.subjects import Key


def renew_offered(keys: Iterable[Key] | None = None) -> int:
    """Keep ``Text.offered`` true to what editors want now, of these subjects or of all; return how many changed.

    Pages beside which they stood, or would stand, wait to be put in order.
    """
    picks = Pick.objects.now().filter(verb=Pick.Verb.NEVER)
    texts = Text.objects.all()
    if keys is not None:
        subjects = [(key.content_type_id, key.object_pk) for key in keys]
        picks = picks.filter(these(subjects))
        texts = texts.filter(these(subjects, "card__content_type", "card__object_pk"))
    refused = these(picks.values_list("content_type_id", "object_pk"), "card__content_type", "card__object_pk")
    out = set(texts.filter(refused).values_list("pk", flat=True))
    were_out = set(texts.filter(offered=False, card__title__isnull=False).values_list("pk", flat=True))
    Text.objects.filter(pk__in=out - were_out).update(offered=False)
    Text.objects.filter(pk__in=were_out - out).update(offered=True)
    changed = out ^ were_out
    if changed:
        beside = list(Neighbour.objects.filter(other__in=changed).values_list("card", flat=True).distinct())
        Text.objects.filter(pk__in=beside).update(unranked=timezone.now())
        bump()
    return len(changed)
