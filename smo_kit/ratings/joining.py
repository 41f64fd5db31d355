"""What signing in does to ratings: those of a guest become the member's, and what he wanted to give is given.

The wish is kept in his session, so no other browser has it, and for an hour only: whoever sits there then may be
another.
"""

from __future__ import annotations

import logging
import time
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils.translation import override

from smo_kit.core.access import who_may, why_not
from smo_kit.core.answers import language_of
from smo_kit.core.identities import of_member
from smo_kit.core.refusals import Refused
from smo_kit.core.subjects import ForgedKey
from smo_kit.core.visitors import Visitor, visitor_of
from smo_kit.ratings.conf import HOUR, ratings_settings
from smo_kit.ratings.people import marks_of_browser
from smo_kit.ratings.services import card_of_rated, join, rate
from smo_kit.ratings.signed import Thing
from smo_kit.ratings.words import own_words

logger = logging.getLogger(__name__)

LENGTH: Final = 16
_SESSION: Final = "smo_ratings_wish"


def remember(request: HttpRequest, thing: Thing, value: str) -> None:
    """Keep what a guest wants to give while he signs in."""
    request.session[_SESSION] = {"o": thing.sign(), "value": value[:LENGTH], "at": int(time.time())}


def on_logged_in(sender: Any, request: HttpRequest | None, user: Any, **kwargs: object) -> None:
    """Make a guest's ratings the member's, and carry out what he wished, once.

    Nothing of it keeps anybody from coming in: what fails is logged, and what is not joined is tried again next time.
    """
    if request is None:
        return
    visitor = visitor_of(request)
    wish = _taken_wish(request)
    try:
        if visitor is not None:
            join(of_member(user.pk), marks_of_browser(visitor.key))
        if wish:
            _carry_out(request, user, visitor, wish)
    except Exception:
        logger.exception("What a reader has rated as a guest can't be made his account's now.")


def _taken_wish(request: HttpRequest) -> dict[str, Any]:
    """Take what was wished within the last hour out of the session; {} for nothing."""
    session = getattr(request, "session", None)
    wish: dict[str, Any] = (session.pop(_SESSION, None) if session is not None and _SESSION in session else None) or {}
    return wish if wish.get("at", 0) > time.time() - HOUR else {}


def _carry_out(request: HttpRequest, user: Any, visitor: Visitor | None, wish: dict[str, Any]) -> None:
    try:
        thing = Thing.unsign(wish["o"])
        with override(language_of(thing.key.language)):
            if why_not(user, "rate", who_may("rate", thing.key)):
                return
            card = card_of_rated(thing.key, language=thing.key.language, request=request)
            who = Visitor(visitor.key if visitor else "", user.pk)
            rate(thing.key, wish["value"], who, kind=thing.kind, request=request)
            said = own_words(thing.kind, wish["value"], ratings_settings())
            messages.success(request, f"{card.title}: {said}", fail_silently=True)
    except (ForgedKey, Refused):
        return


user_logged_in.connect(on_logged_in, dispatch_uid="smo_kit.ratings.joining")
