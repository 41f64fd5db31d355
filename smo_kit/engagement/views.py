"""Where pages report what their readers do."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from smo_kit.core.kinds import UnknownKind
from smo_kit.core.subjects import ForgedKey, Key
from smo_kit.engagement.kinds import Kind, kind_of
from smo_kit.engagement.reports import (
    count_reader,
    is_moderate,
    reader_of,
    refusal,
    taken,
    too_many,
    unknown_page,
    unread,
)
from smo_kit.engagement.visits import is_visit
from smo_kit.networks.registry import network

SIZE: Final = 4096
"""Bytes of a report at the most."""


@transaction.non_atomic_requests
@csrf_exempt  # a cached page has no token: unread() asks whether it is one of ours
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Take a page's report: ``o`` the signed key, ``k`` the kind (viewed), ``n`` the network. No cookie, no session.

    204: taken, whether it counts or not (a robot, a repeat, the owner). Else a 4xx with a sentence.
    """
    if refused := unread(request, size=SIZE):
        return refused
    kind, via = _kind(request.POST.get("k", "viewed")), request.POST.get("n", "")
    if kind is None:
        return refusal(400, _("A page can't report this."))
    if wrong := _wrong_network(kind, via):
        return refusal(400, wrong)
    try:
        key = Key.unsign(request.POST.get("o", ""))
    except ForgedKey:
        return unknown_page()
    if not is_visit(request, key):
        return taken()
    reader = reader_of(request)
    if not is_moderate(reader, "seen"):  # asked first: what is refused is still new when it comes again
        return too_many()
    count_reader(reader, kind.id, key, network=via)
    return taken()


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
