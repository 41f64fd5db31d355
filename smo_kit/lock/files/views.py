"""The address of a file: for who has a link of his own, while it is fresh and not used up."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from smo_kit.core import tokens
from smo_kit.core.answers import answer
from smo_kit.core.events import event, event_logger
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.settings import site_id
from smo_kit.engagement.services import record
from smo_kit.lock.addresses import page_address
from smo_kit.lock.counting import count
from smo_kit.lock.files import giving
from smo_kit.lock.files.links import (
    Link,
    asks_within,
    begins,
    is_first_use,
    is_of,
    is_of_open_lock,
    must_be_fresh,
    person_within,
    read,
    starts_within,
)
from smo_kit.lock.files.shelf import NAME
from smo_kit.lock.kinds import DOWNLOADED
from smo_kit.lock.models import Download, Lock, Spot

logger = event_logger(__name__)

FORGED: Final = _("This link is not whole, or was not made here. Go to the page of the file and take it anew.")
EXPIRED: Final = _("This link has run out. On the page of the file there is a new one.")
ANOTHERS: Final = _(
    "This link was made for another browser or account. Open the page of the file in this browser: there is your own."
)
CLOSED: Final = _("This file was open to everybody, and is not any more. Its page says how you get it.")
USED_UP: Final = _("This link was used as often as it may be. On the page of the file there is a new one.")
OFTEN: Final = _("You have downloaded this file as often as you may in a day. Please come again tomorrow.")
GONE: Final = _("This file is not given any more.")
LOST: Final = _("This file can't be found at the moment. We have been told; please come again later.")


@require_safe
def give(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Give the file of a link, or say why not and where a new link is. ``name`` is for people: it decides nothing."""
    link = None
    try:
        link = _link(token)
        download = _download(link, token, request)
        return _answer(request, link, download)
    except Refused as error:
        return _refusal(request, error, link)


def _link(token: str) -> Link:
    try:
        return read(token)
    except tokens.Forged:
        raise Refused(FORGED, status=HTTPStatus.NOT_FOUND, reason=Reason.FORGED) from None


def _download(link: Link, token: str, request: HttpRequest) -> Download:
    """Return what a link is for, if it is good. Raises Refused."""
    download = Download.objects.filter(pk=link.download_id, site_id=site_id(), is_on=True).first()
    if download is None:
        raise Refused(GONE, status=HTTPStatus.GONE)
    if not is_of(link, request):
        raise Refused(ANOTHERS, status=HTTPStatus.FORBIDDEN, reason=Reason.FORGED)
    if not link.who and not is_of_open_lock(link):
        raise Refused(CLOSED, status=HTTPStatus.FORBIDDEN)
    try:
        must_be_fresh(token, download)
    except tokens.BadToken:
        raise Refused(EXPIRED, status=HTTPStatus.GONE, reason=Reason.FORGED) from None
    return download


def _answer(request: HttpRequest, link: Link, download: Download) -> HttpResponseBase:
    try:
        file = giving.kept(download)
        wanted = giving.wanted_by(request, file)
        if wanted.answer is not None:
            return wanted.answer
        _must_be_within(link, download, request, is_start=begins(link, file.size, wanted.rest))
        response = giving.given(request, file, wanted.part)
    except giving.Missing as error:
        logger.error(
            "The file of the download %s (%s) is gone from its storage: upload it again.",
            download,
            error,
            extra=event("lock.file_gone"),
        )
        raise Refused(LOST, status=HTTPStatus.NOT_FOUND) from error
    if is_first_use(link):
        _count(link, request)
    return response


def _must_be_within(link: Link, download: Download, request: HttpRequest, *, is_start: bool) -> None:
    """Count what is asked for. Raises Refused."""
    if not asks_within(link, download) or (is_start and not starts_within(link, download)):
        raise Refused(USED_UP, status=HTTPStatus.TOO_MANY_REQUESTS)
    if is_start and not person_within(link, download, request):
        raise Refused(OFTEN, status=HTTPStatus.TOO_MANY_REQUESTS)


def _count(link: Link, request: HttpRequest) -> None:
    """Count a link that was used; which reader that was is written nowhere."""
    lock = Lock.objects.filter(pk=link.lock_id, site_id=site_id()).first()
    if lock is not None:
        count(lock.pk, "got")
        record(DOWNLOADED.id, lock.key, request=request)


def _refusal(request: HttpRequest, error: Refused, link: Link | None) -> HttpResponse:
    context = {"sentence": error.sentence, "back": _page_of(link) if link else ""}
    language = link.language if link else get_language() or ""
    return answer(request, "smo_kit/lock/not_given.html", context, language=language, status=error.status)


def _page_of(link: Link) -> str:
    """Return the page on which a file is offered, in the language of the link if there is one; "" for none."""
    spots = Spot.objects.filter(lock=link.lock_id, lock__name__startswith=NAME, source="file").order_by("-seen")[:50]
    best = max(spots, key=lambda one: one.language == link.language, default=None)
    return page_address(best.path) if best else ""
