"""What signing in does to locks: what a guest has opened is the member's, and what he has come in for opens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from smo_kit.core.access import may
from smo_kit.core.identities import of_browser
from smo_kit.core.joining import register_joiner
from smo_kit.core.visitors import Visitor
from smo_kit.lock.models import Opening
from smo_kit.lock.opening import BROWSER, FRESH, MEMBERSHIP, join, open_by, openers_of
from smo_kit.lock.terms import terms_of


def on_joined(request: HttpRequest, user: Any, browser: str) -> None:
    """Make what a guest has opened the member's, and open what he has signed in for."""
    if browser:
        join(user, of_browser(browser, BROWSER))
        _open_for_member(request, Visitor(browser, user.pk))


def _open_for_member(request: HttpRequest, visitor: Visitor) -> None:
    """Open the locks whose button somebody has pressed to sign in."""
    rows = Opening.objects.filter(opener__in=openers_of(visitor), way=MEMBERSHIP).tried(timezone.now() - FRESH)
    for row in rows.select_related("lock").prefetch_related("lock__spots"):
        for spot in row.lock.spots.all():
            terms = terms_of(spot.ref)
            if terms is not None and MEMBERSHIP in terms.conf.ways and may(request, "unlock", spot.ref.key):
                open_by(visitor, spot.ref, terms, MEMBERSHIP, request=request)
                break


register_joiner("lock", on_joined)
