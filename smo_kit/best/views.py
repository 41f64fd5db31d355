"""Where pages tell what their readers do with them and with what they offer."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from smo_kit.best.told import acts
from smo_kit.best.told.reports import BadTale, Told, read_told
from smo_kit.core.subjects import ForgedKey
from smo_kit.engagement.reports import is_moderate, reader_of, refusal, taken, too_many, unknown_page, unread
from smo_kit.engagement.visits import is_visit

SIZE: Final = 8192
"""Bytes of a report at the most: several blocks of twelve pages with long keys."""


@transaction.non_atomic_requests
@csrf_exempt  # a cached page has no token: unread() asks whether it is one of ours
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """Take what a page tells, as ``read_told`` says it. No cookie, no session, nothing personal.

    204: taken, whether it counts or not (a robot, a repeat, the owner). Else a 4xx with a sentence.
    """
    if refused := unread(request, size=SIZE):
        return refused
    try:
        tale = read_told(request.POST)
    except ForgedKey:
        return unknown_page()
    except BadTale:
        return refusal(400, _("A page can't report this."))
    if not is_visit(request, tale.page):
        return taken()
    reader = reader_of(request)
    if not is_moderate(reader, "told"):
        return too_many()
    _count(request, reader, tale)
    return taken()


def _count(request: HttpRequest, reader: str, tale: Told) -> None:
    if tale.page:
        acts.read(reader, tale.page, tale.seconds)
        if tale.previous:
            acts.read_after(reader, tale.previous, tale.page)
    for offering in tale.seen:
        acts.saw(reader, offering)
    for offering, position in tale.followed:
        if is_visit(request, offering.keys[position]):  # nor does an author count who chooses his own
            acts.followed(reader, offering, position)
