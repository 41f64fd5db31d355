"""What visitors do for the site is recorded and counted here: how often, on which day, never by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from django.apps import apps
from django.db import router, transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from smo_kit.core.settings import did_you_mean, site_id
from smo_kit.core.signals import engaged
from smo_kit.core.subjects import Key, key_of, subject_of
from smo_kit.core.visitors import Visitor
from smo_kit.engagement.buffer import Buffer, Row, keep_to_the_end
from smo_kit.engagement.conf import engagement_settings
from smo_kit.engagement.kinds import LENGTH, READER, kind_of
from smo_kit.engagement.upsert import CHUNK, add
from smo_kit.engagement.visits import is_visit
from smo_kit.networks.registry import all_networks
from smo_kit.networks.registry import network as network_by_id

if TYPE_CHECKING:
    from smo_kit.engagement.models import Count


MOST: Final = 2**31
"""Hits that can be recorded at once: the column has room for billions of times as many."""


class UnknownNetwork(LookupError):
    """There is no network of this id."""

    def __init__(self, network: str) -> None:
        known = [one.id for one in all_networks()]
        super().__init__(f"There is no network {network!r}. {did_you_mean(network, known)}")


def record(
    kind: str,
    subject: Model | Key,
    *,
    network: str = "",
    facet: str = "",
    n: int = 1,
    visitor: Visitor | None = None,
    request: HttpRequest | None = None,
) -> bool:
    """Count what a visitor did for a subject, and tell whoever listens, when the transaction has come true.

    ``subject`` is an object (its subject is counted, whatever its version or language) or a Key. With ``request``
    only a reader's act counts: no robot's, no prefetch, not the owner's own; return whether it did. An empty ``facet``
    is the kind's own. Raises UnknownKind and UnknownNetwork, which name the nearest there is, and ValueError.
    """
    key = _saved_key(subject)
    row = _row(kind, key, network, facet)
    _check(n)
    if request is not None and not is_visit(request, key):
        return False
    _take(row, n, visitor, wait=0)
    return True


def report(
    kind: str,
    key: Key,
    *,
    network: str = "",
    facet: str = "",
    n: int = 1,
    is_reader_new: bool = False,
    visitor: Visitor | None = None,
) -> None:
    """Record what a page reports by the thousand: the hit may wait for the setting ``buffer_seconds``.

    A reader who is new today is also counted under the facet ``READER``; nobody is told of that apart. Raises as
    ``record`` does.
    """
    row = _row(kind, key, network, facet)
    _check(n)
    readers = [_row(kind, key, "", READER)] if is_reader_new else []
    _take(row, n, visitor, wait=engagement_settings().buffer_seconds, also=readers)


def counts(subject: Model | Key, kind: str = "shared", *, facet: str | None = None) -> dict[str, int]:
    """Return how often something was done for a subject through each network ("": none), in one query.

    ``facet`` None is the kind's own. Hits that other processes still hold are not in it.
    """
    return _table().objects.of([key_of(subject)], kind, facet).by_network()


def total(subject: Model | Key, kind: str = "viewed", *, facet: str | None = None) -> int:
    """Return how often something was done for a subject, in one query."""
    return sum(counts(subject, kind, facet=facet).values())


def totals(subjects: Iterable[Model | Key], kind: str = "viewed", *, facet: str | None = None) -> dict[Key, int]:
    """Return how often something was done for each of many subjects, by their keys, in one query."""
    keys = [key_of(subject) for subject in subjects]
    found = _table().objects.of(keys, kind, facet).by_subject()
    return {key: found.get(key, 0) for key in keys}


def _saved_key(subject: Model | Key) -> Key:
    key = key_of(subject)
    if not key.object_pk or (isinstance(subject, Model) and subject_of(subject).pk is None):
        raise ValueError(f"{subject!r} has no primary key, so nothing can be counted for it: save it first.")
    return key


def _row(kind: str, key: Key, network: str, facet: str) -> Row:
    what = kind_of(kind)
    facet = facet or what.facet
    if network and network_by_id(network) is None:
        raise UnknownNetwork(network)
    if len(facet) > LENGTH:
        raise ValueError(f"A facet has at most {LENGTH} letters; {facet!r} has {len(facet)}.")
    today = timezone.now().astimezone(dt.UTC).date()
    return (site_id(), key.content_type_id, key.object_pk, kind, network, facet, today)


def _check(n: int) -> None:
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= MOST:
        raise ValueError(f"n={n!r}: give how often it was done, a whole number from 1 to {MOST}.")


def _take(row: Row, n: int, visitor: Visitor | None, *, wait: int, also: Sequence[Row] = ()) -> None:
    def come_true() -> None:  # no partial(): Django names what fails by its __qualname__
        _come_true(row, n, visitor, wait, also)

    transaction.on_commit(come_true, using=_database(), robust=True)


def _come_true(row: Row, n: int, visitor: Visitor | None, wait: int, also: Sequence[Row]) -> None:
    """Count and tell. Not before the commit: what is rolled back was never done, and a listener spoils nothing."""
    _, content_type, pk, kind, network, facet, _ = row
    buffer.add_all({row: n, **dict.fromkeys(also, 1)}, wait=wait)
    news = {"kind": kind, "subject": Key(content_type, pk), "network": network, "facet": facet}
    engaged.send_robust(sender=_table(), n=n, visitor=visitor, **news)


def _table() -> type[Count]:
    """Not imported: who imports these verbs must get an error of ``check`` where the app is not installed."""
    return apps.get_model("smo_engagement", "Count")


def _database() -> str:
    return router.db_for_write(_table())


def _write(rows: Mapping[Row, int]) -> None:
    table = _table()
    add(table, table.identity, "n", rows, using=_database())


buffer: Final = keep_to_the_end(Buffer(_write, chunk=CHUNK))
