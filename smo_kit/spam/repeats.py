"""Texts that come again: fingerprints of what was sent in, and its look-alikes of the last days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.db import connections, router, transaction
from django.utils import timezone

from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.spam.conf import spam_settings
from smo_kit.spam.models import Band, Print
from smo_kit.spam.sketches import alikeness, bands_of, needed_alikeness, pack, sketch_of, unpack

MOST: Final = 100
"""Look-alikes that are offered at once."""


def note(text: str, key: Key | None = None) -> None:
    """Keep the fingerprint of a text that was sent in; ``key`` is the thing it is the text of (a comment).

    A thing has one: a text that was edited gets a new one. A text of a few words has none.
    """
    sketch = sketch_of(text)
    with transaction.atomic():
        if key is not None:
            Print.objects.filter(site_id=site_id(), **key.fields).delete()
        if sketch:
            fields = key.fields if key else {}
            row = Print.objects.create(sketch=pack(sketch), **fields)
            Band.objects.bulk_create([Band(of=row, value=value) for value in bands_of(sketch)])


def similar(text: str, *, without: Key | None = None) -> list[Key]:
    """Return the keys of things sent in lately (``similar_days``) whose text looks like this one, the likest first."""
    rows = _alike(text, without)
    return [Key(type_, pk) for _, type_, pk in rows if type_ is not None][:MOST]


def repetitions(text: str, *, without: Key | None = None) -> int:
    """Return how many look-alikes of a text were sent in lately (``similar_days``)."""
    return len(_alike(text, without))


def forget(key: Key) -> None:
    """Drop the fingerprint of a thing."""
    Print.objects.filter(site_id=site_id(), **key.fields).delete()


def sweep_prints() -> int:
    """Drop the fingerprints that are too old to be asked for; return how many."""
    before = timezone.now() - dt.timedelta(days=spam_settings().similar_days)
    return Print.objects.filter(site_id=site_id(), made__lt=before).delete()[1].get("smo_spam.Print", 0)


def _alike(text: str, without: Key | None) -> list[tuple[float, int | None, str]]:
    sketch = sketch_of(text)
    if not sketch:
        return []
    candidates = _sharing(bands_of(sketch))
    if not candidates:
        return []
    rows = Print.objects.of_last(spam_settings().similar_days).filter(pk__in=candidates)
    if without is not None:
        rows = rows.exclude(**without.fields)
    found = [
        (alikeness(sketch, unpack(bytes(data))), type_, pk)
        for data, type_, pk in rows.values_list("sketch", "content_type_id", "object_pk")
    ]
    least = needed_alikeness(text)
    return sorted((one for one in found if one[0] >= least), key=lambda one: -one[0])


def _sharing(bands: Sequence[int]) -> set[int]:
    """Return the ids of fingerprints that share a band.

    It is asked for every text, and a query of the ORM takes longer to be written than to be answered.
    """
    connection = connections[router.db_for_read(Band)]
    quote = connection.ops.quote_name
    table, of, value = (quote(name) for name in (Band._meta.db_table, "of_id", "value"))
    marks = ", ".join(["%s"] * len(bands))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {of} FROM {table} WHERE {value} IN ({marks})", bands)  # noqa: S608  # names are quoted
        return {pk for (pk,) in cursor.fetchall()}
