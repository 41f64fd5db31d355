"""What a guest has typed survives his signing in: it is kept meanwhile, and found by a word in the address."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from smo_kit.comments import in_whose_name
from smo_kit.comments.conf import LONGEST_TEXT, comments_settings
from smo_kit.comments.forms import TYPED
from smo_kit.comments.listing import start_of_page_with
from smo_kit.comments.models import Entry
from smo_kit.comments.rendering import form_address
from smo_kit.comments.targets import Target
from smo_kit.core import entrance
from smo_kit.core.durations import HOUR
from smo_kit.core.kept import forget, keep, kept
from smo_kit.core.limits import daily_mark, within
from smo_kit.core.refusals import Refused
from smo_kit.core.way_back import leading_back, way_back
from smo_kit.spam.services import trap_fields

PURPOSE: Final = "comment"
WORD: Final = "kept"
"""Names the word in an address and in a form."""
HERE: Final = "here"
"""Says in a form that it stands in the page itself, which the script has done."""
ANCHOR: Final = "smo-kept"
"""Begins the fragment by which the script finds the draft: ``#smo-kept=<word>``."""
MOST: Final = 20
LONGEST: Final = 200
"""Of the fields of other apps so many are kept, each if it has no more letters."""
_NOT_TYPED: Final = frozenset(
    {"o", "l", "opened", "csrfmiddlewaretoken", "preview", entrance.FIELD, in_whose_name.FIELD, WORD, HERE}
)
_OF_A_GUEST: Final = frozenset(TYPED) - {"comment"}
LOST: Final = _("What you had written could not be found again. Nothing is kept for longer than a day.")


def is_joining(data: Mapping[str, str]) -> bool:
    """Say whether a form was sent to sign in, and not to be done."""
    return entrance.FIELD in data


def join(request: HttpRequest, target: Target, answered: Entry | None) -> HttpResponse:
    """Keep what was typed, and go and sign in. Raises Refused where it is too much: then the form still has it."""
    draft = _draft_in(request.POST, trap_fields(target.discussion.key, request.POST).honeypot)
    if (have := len(draft["comment"])) > LONGEST_TEXT:
        sentence = _("A comment may have %(most)s letters; yours has %(have)s. Please shorten it.")
        numbers = {"most": target.conf.max_length, "have": have}
        raise Refused(sentence % numbers, field="comment", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if not within("comments:drafts", daily_mark(request), limit=comments_settings().drafts_an_hour, seconds=HOUR):
        raise Refused(_("That was too much for one hour. Please try again later."), status=HTTPStatus.TOO_MANY_REQUESTS)
    then = _way_back(request, target, answered, keep(PURPOSE, draft))
    way = request.POST[entrance.FIELD]
    return entrance.enter(request, way, then, target.discussion.key.speaking(""))


def draft_for(data: Mapping[str, str]) -> dict[str, str]:
    """Return the draft that an address names; {} if there is none (any more)."""
    return kept(PURPOSE, data.get(WORD, ""))


def is_lost(data: Mapping[str, str], draft: Mapping[str, str]) -> bool:
    """Say whether an address names a draft that can't be found."""
    return bool(data.get(WORD)) and not draft


def was_sent(data: Mapping[str, str]) -> None:
    """Throw a draft away: it has become a comment."""
    forget(PURPOSE, data.get(WORD, ""))


def _draft_in(data: Mapping[str, Any], honeypot: str) -> dict[str, str]:
    others = [name for name in data if name not in {*_NOT_TYPED, *_OF_A_GUEST, "comment", honeypot}]
    short = [name for name in others if len(name) <= LONGEST and len(data[name]) <= LONGEST][:MOST]
    return {name: data.get(name, "").replace("\0", "") for name in ("comment", *short)}


def _way_back(request: HttpRequest, target: Target, answered: Entry | None, word: str) -> str:
    """Return the page with its form open, where the script had opened it; else the form's own page."""
    if request.POST.get(HERE):
        place = target.place(request)
        start = start_of_page_with(place.wanted, answered) if answered else None
        page = place.address(after=start.pk if start else None, anchor=f"{ANCHOR}={word}")
        if url_has_allowed_host_and_scheme(page, {request.get_host()}):
            return page
    return leading_back(f"{form_address(target.discussion.key)}&{WORD}={word}", way_back(request))
