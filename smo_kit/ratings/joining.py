"""What signing in does to ratings: those of a guest become the member's, and what he wanted to give is given."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import override

from smo_kit.core.access import who_may, why_not
from smo_kit.core.answers import language_of
from smo_kit.core.identities import of_member
from smo_kit.core.joining import register_joiner
from smo_kit.core.refusals import Refused
from smo_kit.core.subjects import ForgedKey
from smo_kit.core.visitors import Visitor
from smo_kit.core.wishes import keep_wish, take_wish
from smo_kit.ratings.conf import ratings_settings
from smo_kit.ratings.people import marks_of_browser
from smo_kit.ratings.services import card_of_rated, join, rate
from smo_kit.ratings.signed import Thing
from smo_kit.ratings.words import own_words

APP: Final = "ratings"
LENGTH: Final = 16


def remember(request: HttpRequest, thing: Thing, value: str) -> None:
    """Keep what a guest wants to give while he signs in."""
    keep_wish(request, APP, {"o": thing.sign(), "value": value[:LENGTH]})


def on_joined(request: HttpRequest, user: Any, browser: str) -> None:
    """Make a guest's ratings the member's, and carry out what he wished, once."""
    wish = take_wish(request, APP)
    if browser:
        join(of_member(user.pk), marks_of_browser(browser))
    if wish:
        _carry_out(request, user, browser, wish)


def _carry_out(request: HttpRequest, user: Any, browser: str, wish: dict[str, Any]) -> None:
    try:
        thing = Thing.unsign(wish["o"])
        with override(language_of(thing.key.language)):
            if why_not(user, "rate", who_may("rate", thing.key)):
                return
            card = card_of_rated(thing.key, language=thing.key.language, request=request)
            who = Visitor(browser, user.pk)
            rate(thing.key, wish["value"], who, kind=thing.kind, request=request)
            said = own_words(thing.kind, wish["value"], ratings_settings())
            messages.success(request, f"{card.title}: {said}", fail_silently=True)
    except (ForgedKey, Refused):
        return


register_joiner(APP, on_joined)
