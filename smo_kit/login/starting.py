"""Going to a provider, and coming back to where the reader was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from smo_kit.core.answers import SeeOther, unstored
from smo_kit.core.durations import HOUR
from smo_kit.core.entrance import Entrance, register_entrance
from smo_kit.core.events import event, event_logger
from smo_kit.core.limits import client_address, networks_of, within
from smo_kit.core.own_urls import own_address
from smo_kit.core.refusals import Reason, note_refusal
from smo_kit.core.subjects import Key
from smo_kit.core.way_back import own_page
from smo_kit.login.conf import login_settings
from smo_kit.login.faults import BREAKS, STRANGE, THROTTLES, Fault, fault_of_exception, sentence_of
from smo_kit.login.health import failed, for_the_log
from smo_kit.login.language_addresses import spoken
from smo_kit.login.ways import way_of, ways

logger = event_logger(__name__)

AGAIN: Final = "again"
"""Key in the data of a state: the member who is to sign in again."""


def safe_next(request: HttpRequest, then: object) -> str:
    """Return an address of this site to go on to; "/" for what leads elsewhere, or is none."""
    return own_page(request, then) or "/"


def sign_in_page(then: str, *, fault: str = "", way: str = "") -> str:
    """Return the address of the page with all ways, which says what went wrong (``fault``) and with which way."""
    words = {"next": then, "fault": fault, "with": way}
    return f"{own_address('smo_login:page')}?{urlencode({name: word for name, word in words.items() if word})}"


def refuse(then: str, fault: Fault, way: str = "") -> HttpResponse:
    """Return the answer to a sign-in that came to nothing: the page with a sentence and the other ways."""
    _count(fault)
    return unstored(SeeOther(sign_in_page(then, fault=fault, way=way)))


def refuse_member(fault: Fault, way: str) -> HttpResponse:
    """Return the answer to a member whose account elsewhere was not connected: his own page, with a sentence."""
    return _refuse_at("smo_login:account", fault, way)


def refuse_leaver(fault: Fault, way: str) -> HttpResponse:
    """Return the answer to a member who was to sign in again before he deletes his account, and did not."""
    return _refuse_at("smo_login:leave", fault, way)


def fault_told(data: Mapping[str, str]) -> str:
    """Return what went wrong, as an address of ours says it (``fault``, ``with``), for the reader; "" for nothing."""
    chosen = way_of(data.get("with", ""))
    return capfirst(sentence_of(data.get("fault", ""), chosen.name if chosen else _("the provider")))


def enter(request: HttpRequest, way: str, then: str, subject: Key | None = None) -> HttpResponse:
    """Go to a provider, and after it to ``then``. With no way, or one that is not there, to the page with all of them.

    Who is signed in already, in another tab perhaps, just goes on.
    """
    then = safe_next(request, then)
    if request.user.is_authenticated:
        return unstored(SeeOther(then))
    if not way:
        return unstored(SeeOther(sign_in_page(then)))
    return go(request, way, then, process=AuthProcess.LOGIN, data={"o": subject.sign() if subject else ""})


def go(
    request: HttpRequest,
    way: str,
    then: str,
    *,
    process: str,
    data: dict[str, str],
    state_id: str | None = None,
    refusal: Callable[[str, Fault, str], HttpResponse] = refuse,
    is_test: bool = False,
) -> HttpResponse:
    """Go to a provider: to sign in, to be connected with one's account (``process``), or to be tested.

    ``data`` comes back with the answer, as ``state["data"]``; ``state_id`` is the ``state`` in its address, a random
    one if it is None. ``refusal`` answers when nothing can begin. A test may go to a way that is hidden.
    """
    if not is_test and way_of(way) is None:
        return refusal(then, Fault.UNKNOWN, way)
    if not _may_start(request):
        return refusal(then, Fault.OFTEN, way)
    try:
        provider = get_adapter(request).get_provider(request, way)
        return unstored(provider.redirect(request, process, next_url=then, data=data, state_id=state_id))
    except ImmediateHttpResponse as answer:
        given: HttpResponse = answer.response
        return given
    except BREAKS as error:
        fault = fault_of_exception(error)
        logger.warning("Signing in by %s can't begin. %s", way, for_the_log(error), extra=event("login.not_begun"))
        failed(way, fault, error)
        return refusal(then, fault, way)


def _refuse_at(page: str, fault: Fault, way: str) -> HttpResponse:
    _count(fault)
    return unstored(SeeOther(spoken(page, fault=fault, **{"with": way})))


def _count(fault: Fault) -> None:
    """Count what has the form of an attack. Its answer leads on, so the status is what it would be without a page."""
    if fault in THROTTLES:
        note_refusal(Reason.THROTTLE, HTTPStatus.TOO_MANY_REQUESTS)
    elif fault in STRANGE:
        note_refusal(Reason.FORGED, HTTPStatus.BAD_REQUEST)


def _may_start(request: HttpRequest) -> bool:
    """Count a start; an IPv6 client counts by its /64, and one whose address nobody knows is not counted."""
    address = client_address(request)
    limit = login_settings().starts_per_hour
    return not address or within("login.start", networks_of(address)[0], limit=limit, seconds=HOUR)


def member_again(data: Any) -> str:
    """Return as whom somebody is to sign in again, from the state that came back; "" for whomever."""
    return str(data.get(AGAIN, "")) if isinstance(data, dict) else ""


def subject_in(data: Any) -> str:
    """Return the signed key of what the reader was reading, from the state that came back; "" for none."""
    return str(data.get("o", "")) if isinstance(data, dict) else ""


register_entrance(Entrance(ways=ways, enter=enter))
