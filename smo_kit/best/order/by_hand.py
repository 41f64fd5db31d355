"""What editors want beside a page: read for many pages at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from smo_kit.best.models import Choice, Curation
from smo_kit.best.order.candidates import Subject, these
from smo_kit.core.settings import site_id


@dataclass(slots=True)
class Wish:
    """What an editor wants beside one page."""

    only: bool = False
    """Nothing but what is pinned."""
    pinned: list[Subject] = field(default_factory=list)
    """In the editor's order."""
    hidden: set[Subject] = field(default_factory=set)


def wishes(subjects: Collection[Subject]) -> dict[Subject, Wish]:
    """Return what editors want beside subjects, of those beside which they want something: two queries."""
    found: dict[Subject, Wish] = {}
    curations = Curation.objects.filter(these(subjects), site_id=site_id()).prefetch_related("choices")
    for curation in curations:
        wish = found[curation.content_type_id, curation.object_pk] = Wish(curation.only)
        for choice in curation.choices.all():
            subject = (choice.content_type_id, choice.object_pk)
            if choice.verb == Choice.Verb.PIN:
                wish.pinned.append(subject)
            else:
                wish.hidden.add(subject)
    return found
