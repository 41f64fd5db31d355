"""Where pages with a lock report that a reader sees it: they may lie in a cache, so nobody else knows."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from smo_kit.engagement.reports import is_moderate, is_new, reader_of, taken, too_many, unknown_page, unread
from smo_kit.engagement.visits import is_visit
from smo_kit.lock.counting import count
from smo_kit.lock.refs import ForgedRef, Ref
from smo_kit.lock.terms import terms_of
from smo_kit.lock.trials import shown_variant

SIZE: Final = 4096
"""Bytes of a report at the most."""


@transaction.non_atomic_requests
@csrf_exempt  # a cached page has no token: unread() asks whether it is one of ours
@require_POST
def shown(request: HttpRequest) -> HttpResponse:
    """Take a page's report: ``l`` the signed lock, ``v`` the teaser that stood there ("a", "b" or ""). No cookie.

    204: taken, whether it counts or not (a robot, a repeat, an editor, a lock that is open). Else a 4xx with a
    sentence.
    """
    if refused := unread(request, size=SIZE):
        return refused
    try:
        ref = Ref.unsign(request.POST.get("l", ""))
    except ForgedRef:
        return unknown_page()
    if not is_visit(request, ref.key):
        return taken()
    reader = reader_of(request)
    if not is_moderate(reader, "lock"):
        return too_many()
    terms = terms_of(ref)
    if terms and terms.is_closed() and is_new(reader, f"lock:{terms.lock_id}"):
        count(terms.lock_id, "shown", variant=shown_variant(terms, request.POST.get("v", "")))
    return taken()
