"""The way out: a button with a personal link leads through here to its network."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from smo_kit.core.addresses import scheme_of
from smo_kit.core.answers import Acting, answer, language_of, unstored
from smo_kit.core.cards import Card
from smo_kit.core.durations import HOUR
from smo_kit.core.events import event, event_logger
from smo_kit.core.limits import client_within
from smo_kit.core.origin import is_from_elsewhere, is_from_here
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.subjects import ForgedKey, Key
from smo_kit.core.visitors import Visitor
from smo_kit.engagement.kinds import SHARED
from smo_kit.engagement.reports import count_reader, reader_of
from smo_kit.engagement.robots import is_early, is_robot
from smo_kit.engagement.visits import AGENT_LENGTH, is_visit
from smo_kit.networks.network import Network
from smo_kit.networks.registry import network
from smo_kit.share.conf import share_settings
from smo_kit.share.errands import NOT_WHOLE, ForgedErrand
from smo_kit.share.forms import ServerForm
from smo_kit.share.links import address_of, mint, shown
from smo_kit.share.models import PersonalLink
from smo_kit.share.parcels import Parcel
from smo_kit.share.services import SERVER, Post, post_for, tracked
from smo_kit.share.services import address_of as page_address
from smo_kit.share.signals import went_out

logger = event_logger(__name__)

UNKNOWN: Final = _("Nothing can be shared to this network from here. Go back to the page and choose another.")
GONE: Final = _("This page is not there any more, or not everybody may see it: so it can't be shared.")
KEPT: Final = _("This page is not meant to be shared to networks.")


class Away(HttpResponseRedirect):
    """Leads to a network: to its page, or to the application that it is."""

    def __init__(self, url: str) -> None:
        """``url`` is made of what we know of the network, so its scheme is one of ours."""
        self.allowed_schemes = [scheme_of(url)]
        super().__init__(url)


@dataclass(frozen=True, slots=True)
class Trip:
    """What is to be shared, and where."""

    network: Network
    key: Key
    card: Card
    parcel: Parcel

    def post(self, request: HttpRequest, link: PersonalLink | None) -> Post:
        """Return what the network gets: with the personal link, or with the page's own address."""
        conf = self.parcel.settings()
        url = address_of(link, request) if link else tracked(page_address(self.card, request), self.network.id, conf)
        return post_for(self.network, self.card, conf, url, request=request, part=self.parcel.part)


@transaction.non_atomic_requests
@require_safe
def out(request: HttpRequest, network_id: str) -> HttpResponse:
    """Lead to a network with an address of the visitor's own: ``o`` the signed key, ``p`` what goes along with it.

    A GET that is an act: it may set the visitor's cookie and write his link, nothing else. Whatever nobody has pressed
    (a robot, a prefetch, HEAD, another site's link) goes on with the page's own address, and leaves no trace; so does
    who presses too often, and everybody while nothing can be written.
    """
    try:
        trip = _trip(request, network_id)
    except Refused as refused:
        sentence = {"sentence": refused.sentence}
        return answer(
            request, "smo_kit/share/refused.html", sentence, language=get_language() or "", status=refused.status
        )
    done = _gone_out(request, trip) if _is_pressed(request) and _is_moderate(request) else None
    with override(language_of(trip.key.language)):
        response = _led(request, trip.post(request, done[1] if done else None))
    return done[0].marked(response) if done else response


def _trip(request: HttpRequest, network_id: str) -> Trip:
    """Return what the address asks for. Raises Refused."""
    found = network(network_id)
    if found is None or found.share is None:
        raise Refused(UNKNOWN, status=HTTPStatus.NOT_FOUND)
    try:
        key = Key.unsign(request.GET.get("o", ""))
        parcel = Parcel.unsign(request.GET.get("p", ""), key)
    except (ForgedKey, ForgedErrand):
        raise Refused(NOT_WHOLE, reason=Reason.FORGED) from None
    there = shown(key)
    if there is None:
        raise Refused(GONE, status=HTTPStatus.NOT_FOUND)
    card = parcel.worded(there[1])
    if not card.shareable:
        raise Refused(KEPT, status=HTTPStatus.FORBIDDEN)
    return Trip(found, key, card, parcel)


def _is_pressed(request: HttpRequest) -> bool:
    """Say whether a person has pressed a button of ours."""
    goes_there = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    is_nobody = is_robot(request.headers.get("User-Agent", "")[:AGENT_LENGTH]) or is_early(request)
    return request.method == "GET" and goes_there and not is_nobody and not is_from_elsewhere(request)


def _is_moderate(request: HttpRequest) -> bool:
    return client_within(request, "out", limit=share_settings().links_an_hour, seconds=HOUR)


def _gone_out(request: HttpRequest, trip: Trip) -> tuple[Acting, PersonalLink] | None:
    """Write that the visitor goes out, and tell; None if that can't be done now: he goes all the same."""
    acting = Acting(request, by_link=True)
    user = request.user if acting.visitor.user_id is not None else None
    try:
        link = mint(acting.visitor, trip.key, trip.network.id, user=user, home=reader_of(request))
    except DatabaseError:
        logger.warning(
            "A personal link can't be written now; the visitor shares the page's address.",
            exc_info=True,
            extra=event("share.link_not_written"),
        )
        return None
    went_out.send_robust(sender=PersonalLink, link=link, visitor=acting.visitor, request=request)
    _count(request, trip, acting.visitor)
    return acting, link


def _count(request: HttpRequest, trip: Trip, visitor: Visitor) -> None:
    """Count the press as a page would report it: once for an address and a while, an editor's own not at all."""
    if is_visit(request, trip.key):
        count_reader(reader_of(request), SHARED.id, trip.key, network=trip.network.id, visitor=visitor)


def _led(request: HttpRequest, post: Post) -> HttpResponse:
    """Lead to the network; straight to the reader's own server only when it is a page of ours that names it."""
    response = unstored(Away(post.at(_server(request)) or post.href))
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _server(request: HttpRequest) -> str:
    form = ServerForm(request.GET and {"server": request.GET.get(SERVER, "")})
    return form.cleaned_data["server"] if is_from_here(request) and form.is_valid() else ""
