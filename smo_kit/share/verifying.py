"""Fetches that wait are verified: by a task, and by the sweep where there is no worker, or it was killed."""

from __future__ import annotations

import datetime as dt
import time
from typing import Final

from django.db.models import Max, QuerySet
from django.utils import timezone

from smo_kit.core.settings import site_id
from smo_kit.core.transactions import patiently
from smo_kit.share.crawler_verdicts import verdict_of
from smo_kit.share.models import Fetch, PersonalLink
from smo_kit.share.rung_progress import climb
from smo_kit.share.rungs import Rung

SECONDS: Final = 60
"""That one run may take; the next one goes on."""
PATIENCE: Final = dt.timedelta(hours=1)
"""After so long without an answer of the DNS it stays unknown whose an address was."""

WAITING: Final = Fetch.Verdict.WAITING


def verify_waiting() -> int:
    """Verify what waits, the oldest first; return how many verdicts there were. Several at once do no harm."""
    ends = time.monotonic() + SECONDS
    done = _give_up()
    for fetch in _waiting().select_related("link").order_by("at", "pk"):
        if time.monotonic() > ends:
            break
        verdict = verdict_of(fetch.network, fetch.address) if fetch.address else Fetch.Verdict.UNKNOWN
        if verdict is not None:
            done += _settle(fetch, verdict)
    return done


def _waiting() -> QuerySet[Fetch]:
    return Fetch.objects.filter(verdict=WAITING, link__site_id=site_id())


def _give_up() -> int:
    overdue = _waiting().filter(at__lt=timezone.now() - PATIENCE)
    return overdue.update(verdict=Fetch.Verdict.UNKNOWN, address=None)


def _settle(fetch: Fetch, verdict: Fetch.Verdict) -> int:
    """Write a verdict, and what follows of it; return 1, or 0 if another worker has done it."""

    def write() -> int:
        done = Fetch.objects.filter(pk=fetch.pk, verdict=WAITING).update(verdict=verdict, address=None)
        if done and verdict == Fetch.Verdict.CONFIRMED:
            climb(fetch.link, Rung.VERIFIED, fetch.at)
        if done and verdict == Fetch.Verdict.REFUTED:
            _take_back(fetch)
        return done

    return patiently(write)


def _take_back(fetch: Fetch) -> None:
    """Let a link's preview be that of the newest fetch that is not refuted; a newer one that comes meanwhile stays."""
    others = Fetch.objects.filter(link=fetch.link_id).exclude(verdict=Fetch.Verdict.REFUTED)
    newest = others.aggregate(at=Max("at"))["at"]
    PersonalLink.objects.filter(pk=fetch.link_id, previewed__lte=fetch.at).update(previewed=newest)
