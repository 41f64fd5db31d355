"""Who asks for a personal link: a network's robot that previews it, another person, or somebody who proves nothing.

Nothing that takes time happens here: whose an address is, is found out elsewhere (``verifying.py``).
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from smo_kit.core.durations import DAY, HOUR
from smo_kit.core.events import event, event_logger
from smo_kit.core.identities import identities, of_member
from smo_kit.core.limits import client_within, daily_mark, daily_marks, first_time, known_address, networks_of, within
from smo_kit.core.marks import marks
from smo_kit.core.tasks import enqueue_on_commit, run_elsewhere
from smo_kit.core.text import clean
from smo_kit.core.transactions import patiently
from smo_kit.core.visitors import visitor_of
from smo_kit.engagement.robots import is_early
from smo_kit.engagement.visits import AGENT_LENGTH as LOOKED_AT
from smo_kit.engagement.visits import is_visit
from smo_kit.networks.network import Network
from smo_kit.networks.registry import preview_network
from smo_kit.share.conf import share_settings
from smo_kit.share.models import AGENT_LENGTH, Fetch, PersonalLink, Visit
from smo_kit.share.proofs import BROWSER, rungs_of
from smo_kit.share.rung_progress import climb
from smo_kit.share.rungs import Rung
from smo_kit.share.tasks import verify_fetches

logger = event_logger(__name__)

SKEW: Final = dt.timedelta(seconds=2)
"""How far the clocks of a site's servers may be apart: one may see a fetch before the other has seen the way out."""
SCANNERS: Final = dt.timedelta(seconds=5)
"""For so long after its sharer went out nobody can have received a link: who comes looks for viruses, or is himself."""
FETCHES_PER_HOUR: Final = 20
"""Of one link that are kept: a post that spreads is fetched from many addresses of a network."""
BROWSERS_PER_ADDRESS: Final = 5
"""Visitors that one address can bring to one link a day: a household has some, a script has any number."""

_VISITOR: Final = "smo_kit.share.visitor"
"""The purpose of marks that stand for who came by a link on a day."""


def see(link: PersonalLink, request: HttpRequest) -> None:
    """Write down what it proves that a link is asked for. Called before the answer; it never raises to who asks."""
    try:
        _see(link, request, timezone.now())
    except Exception:
        logger.exception(
            "What a request for the link %s proves can't be written down.",
            link.pk,
            extra=event("share.proof_not_noted", link=link.pk),
        )


def _see(link: PersonalLink, request: HttpRequest, now: dt.datetime) -> None:
    opened = link.opened
    if opened is None or now < opened - SKEW or not _is_for_a_page(request):
        return
    agent = request.headers.get("User-Agent", "")[:LOOKED_AT]
    network = preview_network(agent)
    if network is not None:
        if _is_evidence(link, network, opened, now):
            _fetched(link, network, request, max(now, opened))
    elif now >= opened + SCANNERS and is_visit(request, link.key) and not _is_sharer(link, request, opened):
        _visited(link, request, agent, now)


def _is_for_a_page(request: HttpRequest) -> bool:
    """Say whether somebody goes there: not HEAD, nothing in advance, no picture, frame or script of another page."""
    goes = request.headers.get("Sec-Fetch-Dest", "") in {"", "document"}
    return request.method == "GET" and goes and not is_early(request)


def _is_evidence(link: PersonalLink, network: Network, opened: dt.datetime, now: dt.datetime) -> bool:
    is_in_time = now <= opened + dt.timedelta(minutes=share_settings().window_minutes)
    return is_in_time and network.id == link.network and Rung.PREVIEWED in rungs_of(network)


def _is_sharer(link: PersonalLink, request: HttpRequest, opened: dt.datetime) -> bool:
    """Say whether it is he who shares: by his account, his browser, or the address from which he went out that day."""
    visitor = visitor_of(request)
    if visitor is not None and link.sharer in identities(visitor, BROWSER):
        return True
    member = _member(request)
    if member is not None and (member == link.user_id or link.sharer in of_member(member)):
        return True
    return bool(link.home) and link.home in daily_marks(request, today=opened.astimezone(dt.UTC).date())


def _member(request: HttpRequest) -> Any:
    """Return the account of who asks, or None. Whoever has no session is asked for none."""
    user: Any = getattr(request, "user", None) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    return user.pk if user is not None and user.is_authenticated else None


def _fetched(link: PersonalLink, network: Network, request: HttpRequest, at: dt.datetime) -> None:
    going = f"{link.pk}.{link.opened:%Y%m%d%H%M%S%f}"
    if not first_time("share.fetch", f"{going}.{daily_mark(request)}", seconds=HOUR):
        return
    if not within("share.fetch", going, limit=FETCHES_PER_HOUR, seconds=HOUR):
        return
    address = known_address(request) if Rung.VERIFIED in rungs_of(network) else ""
    fetch = Fetch(
        link=link,
        network=network.id,
        address=address or None,
        agent=clean(request.headers.get("User-Agent", ""))[:AGENT_LENGTH],
        at=at,
        verdict=Fetch.Verdict.WAITING if address else Fetch.Verdict.UNKNOWN,
    )

    def write() -> None:  # the link first: rows that refer to it would share its lock, and then want it alone
        climb(link, Rung.PREVIEWED, at)
        fetch.save(force_insert=True)

    patiently(write)
    if address and run_elsewhere():
        enqueue_on_commit(verify_fetches)


def _visited(link: PersonalLink, request: HttpRequest, agent: str, now: dt.datetime) -> None:
    address = known_address(request)
    if not address:
        return
    day = now.astimezone(dt.UTC).date()
    who = marks(_VISITOR, f"{link.token} {day} {networks_of(address)[0]} {agent}")
    if Visit.objects.filter(link=link, who__in=who).exists():
        return
    if not client_within(request, f"share.visit.{link.pk}", limit=BROWSERS_PER_ADDRESS, seconds=DAY):
        return

    def write() -> None:
        PersonalLink.objects.filter(pk=link.pk).update(visits=F("visits") + 1)
        Visit.objects.create(link=link, who=who[0])
        climb(link, Rung.VISITED, now)

    with suppress(IntegrityError):  # the same visitor asked twice at once
        patiently(write)
