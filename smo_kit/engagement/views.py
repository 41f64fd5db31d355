"""Where pages report what their readers do."""

from __future__ import annotations

import hashlib
import logging
from functools import cache
from ipaddress import ip_address
from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from smo_kit.core.conf import core_settings
from smo_kit.core.kinds import UnknownKind
from smo_kit.core.limits import client_address, daily_mark, first_time, within
from smo_kit.core.origin import is_from_here
from smo_kit.core.subjects import ForgedKey, Key
from smo_kit.engagement.conf import DAY, engagement_settings
from smo_kit.engagement.kinds import READER, Kind, kind_of
from smo_kit.engagement.services import report
from smo_kit.engagement.visits import is_visit
from smo_kit.networks.registry import network

logger = logging.getLogger(__name__)

SIZE: Final = 4096
"""Bytes of a report at the most."""
MINUTE: Final = 60


@transaction.non_atomic_requests
@csrf_exempt  # a cached page has no token: is_from_here() is the proof
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Take a page's report: ``o`` the signed key, ``k`` the kind (viewed), ``n`` the network. No cookie, no session.

    204: taken, whether it counts or not (a robot, a repeat, the owner). Else a 4xx with a sentence.
    """
    if not is_from_here(request):
        return _refusal(403, _("Only a page of this site may report."))
    if _length(request) > SIZE:
        return _refusal(413, _("This report is too long."))
    kind, via = _kind(request.POST.get("k", "viewed")), request.POST.get("n", "")
    if kind is None:
        return _refusal(400, _("A page can't report this."))
    if wrong := _wrong_network(kind, via):
        return _refusal(400, wrong)
    try:
        key = Key.unsign(request.POST.get("o", ""))
    except ForgedKey:
        return _refusal(400, _("This page is not known here. Please load it again."))
    if not is_visit(request, key):
        return _taken()
    reader = _reader(request)
    if not _is_moderate(reader):  # asked first: what is refused is still new when it comes again
        return _refusal(429, _("Too many reports from your address. Please wait a minute."))
    subject = f"{key.content_type_id}:{key.object_pk}"
    if not _is_new(reader, f"{kind.id}:{via}:{subject}"):
        return _taken()
    report(kind.id, key, network=via, is_reader_new=_is_reader_new(reader, f"{READER}:{kind.id}:{subject}"))
    return _taken()


def _taken() -> HttpResponse:
    return HttpResponse(status=204)


def _refusal(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _kind(kind_id: str) -> Kind | None:
    try:
        kind = kind_of(kind_id)
    except UnknownKind:
        return None
    return kind if kind.by_page else None


def _wrong_network(kind: Kind, via: str) -> str:
    """Return what is wrong with the network: each one that is taken makes the same look count once more."""
    if not via:
        return _("Please name the network.") if kind.through else ""
    found = network(via)
    if found is None:
        return _("This network is not known here.")
    return "" if kind.is_through(found) else _("This isn't done through this network.")


def _reader(request: HttpRequest) -> str:
    """Return the mark of the reader's address; "" if it is not known: that of a proxy stands for all readers."""
    address = client_address(request)
    if not address:
        return ""
    is_proxied = "X-Forwarded-For" in request.headers and not core_settings().trusted_proxies
    if is_proxied and not ip_address(address).is_global:
        _complain()
        return ""
    return daily_mark(request)


def _is_new(reader: str, what: str) -> bool:
    seconds = engagement_settings().repeat_seconds
    return not (reader and seconds) or _is_first(reader, what, seconds)


def _is_reader_new(reader: str, what: str) -> bool:
    """Say whether a reader whose address is known does this for the first time today: his mark ends with the day."""
    return bool(reader) and _is_first(reader, what, DAY)


def _is_first(reader: str, what: str, seconds: int) -> bool:
    return first_time(hashlib.blake2b(what.encode(), digest_size=12).hexdigest(), reader, seconds=seconds)


def _is_moderate(reader: str) -> bool:
    return not reader or within("seen", reader, limit=engagement_settings().address_limit, seconds=MINUTE)


@cache
def _complain() -> None:
    """Once for each process."""
    logger.error(
        "Reports come through a proxy whose word is not taken, so repeated views of a reader count each time. "
        "Set SMO_KIT['CORE']['trusted_proxies'] to the number of your proxies."
    )
