"""What signing in does to locks: what a guest has opened is the member's, and what he has come in for opens."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from smo_kit.core.access import may
from smo_kit.core.identities import of_browser
from smo_kit.core.visitors import Visitor, visitor_of
from smo_kit.lock.models import Opening
from smo_kit.lock.opening import BROWSER, FRESH, MEMBERSHIP, join, open_by, openers_of
from smo_kit.lock.terms import terms_of

logger = logging.getLogger(__name__)


def on_logged_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: object) -> None:
    """Make what a guest has opened the member's, and open what he has signed in for.

    Nothing of it keeps anybody from coming in: what fails is logged, and what is not joined is tried again next time.
    """
    if request is None:
        return
    try:
        visitor = visitor_of(request)
        if visitor is not None:
            join(user, of_browser(visitor.key, BROWSER))
            _open_for_member(request, Visitor(visitor.key, user.pk))
    except Exception:
        logger.exception("What a reader has opened as a guest can't be made his account's now.")


def _open_for_member(request: HttpRequest, visitor: Visitor) -> None:
    """Open the locks whose button somebody has pressed to sign in."""
    rows = Opening.objects.filter(opener__in=openers_of(visitor), way=MEMBERSHIP).tried(timezone.now() - FRESH)
    for row in rows.select_related("lock").prefetch_related("lock__spots"):
        for spot in row.lock.spots.all():
            terms = terms_of(spot.ref)
            if terms is not None and MEMBERSHIP in terms.conf.ways and may(request, "unlock", spot.ref.key):
                open_by(visitor, spot.ref, terms, MEMBERSHIP, request=request)
                break


user_logged_in.connect(on_logged_in, dispatch_uid="smo_kit.lock.joining")
