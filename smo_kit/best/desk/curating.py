"""What an editor decides of the pages beside a page. Two editors at once don't lose each other's decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.models import F

from smo_kit.best.models import Choice, Curation
from smo_kit.best.order.choices import rank_again
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.core.transactions import begin_to_write, patiently

Verb = Choice.Verb


def choose(subject: Key, verb: Choice.Verb, page: Key) -> Curation | None:
    """Offer a page always, after those that are pinned, or never beside a subject; None: it stands so already."""

    def work(curation: Curation) -> bool:
        choices = _choices(curation)
        there = next((one for one in choices if one.key == page), None)
        if there and there.verb == verb:
            return False
        place = max((one.place for one in choices), default=-1) + 1
        if there:
            Choice.objects.filter(pk=there.pk).update(verb=verb, place=place)
        else:
            Choice.objects.create(curation=curation, verb=verb, place=place, **page.fields)
        return True

    return _decided(subject, work)


def move(subject: Key, page: Key, by: int) -> Curation | None:
    """Move a pinned page one place up (``by`` −1) or down (1); None: there is no such place."""

    def work(curation: Curation) -> bool:
        pins = [one for one in _choices(curation) if one.verb == Verb.PIN]
        here = next((place for place, one in enumerate(pins) if one.key == page), None)
        if here is None or not 0 <= here + by < len(pins):
            return False
        pins[here], pins[here + by] = pins[here + by], pins[here]
        for place, one in enumerate(pins):
            one.place = place
        Choice.objects.bulk_update(pins, ["place"])
        return True

    return _decided(subject, work)


def take_back(subject: Key, page: Key) -> Curation | None:
    """Leave it to the index whether a page stands beside a subject; None: it was left to it already."""
    return _decided(subject, lambda curation: bool(curation.choices.filter(**page.fields).delete()[0]))


def offer_only_these(subject: Key, *, only: bool) -> Curation | None:
    """Offer nothing but the pinned pages beside a subject, or others too; None: it is so already."""

    def work(curation: Curation) -> bool:
        return bool(Curation.objects.filter(pk=curation.pk).exclude(only=only).update(only=only))

    return _decided(subject, work)


TO_CARRY_OUT: Final[dict[str, Callable[[Key, Key], Curation | None]]] = {
    "pin": lambda subject, page: choose(subject, Verb.PIN, page),
    "hide": lambda subject, page: choose(subject, Verb.HIDE, page),
    "up": lambda subject, page: move(subject, page, -1),
    "down": lambda subject, page: move(subject, page, 1),
    "back": take_back,
}
"""What a button of the desk does."""


def _decided(subject: Key, work: Callable[[Curation], bool]) -> Curation | None:
    """Carry out a decision while nobody else decides of this subject; return its Curation if that changed anything.

    What stands beside the subject is put in order as soon as the transaction has come true.
    """

    def whole() -> Curation | None:
        begin_to_write(Curation)
        curation, _is_new = Curation.objects.get_or_create(
            site_id=site_id(), content_type_id=subject.content_type_id, object_pk=subject.object_pk
        )
        # An UPDATE, since that takes the lock on all three databases.
        Curation.objects.filter(pk=curation.pk).update(object_pk=F("object_pk"))
        if not work(curation):
            return None
        rank_again(subject)
        return curation

    return patiently(whole)


def _choices(curation: Curation) -> list[Choice]:
    return list(Choice.objects.filter(curation=curation).order_by("place", "pk"))
