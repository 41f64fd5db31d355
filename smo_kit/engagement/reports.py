"""What the endpoints have in common to which cached pages report: who may, short answers, readers by a daily mark."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from smo_kit.core.durations import DAY, MINUTE
from smo_kit.core.limits import daily_mark, first_time, known_address, part_within, within
from smo_kit.core.origin import is_from_here
from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.subjects import Key
from smo_kit.core.visitors import Visitor
from smo_kit.engagement.conf import engagement_settings
from smo_kit.engagement.kinds import READER
from smo_kit.engagement.services import report


def taken() -> HttpResponse:
    """Answer a report that was taken, whether it counts or not."""
    return HttpResponse(status=204)


def refusal(status: int, sentence: str, reason: Reason | None = None) -> HttpResponse:
    """Answer a report that no page of ours sends."""
    why = Refused(sentence, status=HTTPStatus(status), reason=reason)
    return HttpResponse(why.sentence, status=why.status, content_type="text/plain; charset=utf-8")


def unread(request: HttpRequest, *, size: int) -> HttpResponse | None:
    """Answer what is refused before it is read: of another site, or longer than so many bytes; None: it may be read."""
    if not is_from_here(request):
        return refusal(403, _("Only a page of this site may report."), Reason.CSRF)
    return refusal(413, _("This report is too long.")) if _length(request) > size else None


def unknown_page() -> HttpResponse:
    """Answer a report with a key that this site has not printed."""
    return refusal(400, _("This page is not known here. Please load it again."), Reason.FORGED)


def too_many() -> HttpResponse:
    """Answer an address that has reported too often."""
    return refusal(429, _("Too many reports from your address. Please wait a minute."))


def reader_of(request: HttpRequest) -> str:
    """Return the mark of the reader's address; "" if it is not known: that of a proxy stands for all readers."""
    return daily_mark(request) if known_address(request) else ""


def is_new(reader: str, what: str, *, seconds: int = DAY) -> bool:
    """Say whether a reader has not done this within so many seconds. Who is not known is always new; so is 0."""
    return not (reader and seconds) or first_time(_digest(what), reader, seconds=seconds)


def new_part(reader: str, what: str, n: int, *, limit: int) -> int:
    """Return how many of ``n`` still count, of which a reader has ``limit`` a day."""
    return part_within(_digest(what), reader, n, limit=limit, seconds=DAY) if reader else min(n, limit)


def is_moderate(reader: str, endpoint: str) -> bool:
    """Say whether a reader's address has not reported too often in this minute; asked once for each report."""
    return not reader or within(endpoint, reader, limit=engagement_settings().address_limit, seconds=MINUTE)


def count_reader(reader: str, kind: str, key: Key, *, network: str = "", visitor: Visitor | None = None) -> bool:
    """Record what a reader does, unless he did the same within ``repeat_seconds``; return whether it counts."""
    subject = f"{key.content_type_id}:{key.object_pk}"
    if not is_new(reader, f"{kind}:{network}:{subject}", seconds=engagement_settings().repeat_seconds):
        return False
    is_reader_new = bool(reader) and is_new(reader, f"{READER}:{kind}:{subject}")
    report(kind, key, network=network, is_reader_new=is_reader_new, visitor=visitor)
    return True


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _digest(what: str) -> str:
    return hashlib.blake2b(what.encode(), digest_size=12).hexdigest()
