"""What a person is told whose act is refused, and why, in words for whoever counts."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from smo_kit.core.events import event, event_logger

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

logger = event_logger(__name__)


class Reason(StrEnum):
    """Why an act is refused. The words stay: metrics and logs count by them."""

    INPUT = "input"
    """What was given can't be taken as it is."""
    SIZE = "size"
    THROTTLE = "throttle"
    """It was done too often."""
    CSRF = "csrf"
    """No page of this site has sent it, or none that can prove it."""
    FORGED = "bad_token"
    """A signed word is forged, cut off, of another, or too old."""
    SPAM = "spam"
    """A program did it, or a rule of the site says so."""
    FORBIDDEN = "forbidden"
    """This person may not, or nobody may here."""
    GONE = "gone"
    CONFLICT = "conflict"
    FAILED = "failed"
    """The site can't do it now: nobody's fault who asks."""


_OF_STATUS: Final = {
    HTTPStatus.FORBIDDEN: Reason.FORBIDDEN,
    HTTPStatus.NOT_FOUND: Reason.GONE,
    HTTPStatus.GONE: Reason.GONE,
    HTTPStatus.CONFLICT: Reason.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Reason.SIZE,
    HTTPStatus.TOO_MANY_REQUESTS: Reason.THROTTLE,
    HTTPStatus.INTERNAL_SERVER_ERROR: Reason.FAILED,
    HTTPStatus.SERVICE_UNAVAILABLE: Reason.FAILED,
}


class Refused(Exception):
    """The act is refused, and nothing was stored. ``sentence`` says why and what to do; ``field`` names the culprit.

    ``reason`` is for whoever counts; without one the status says it.
    """

    def __init__(
        self,
        sentence: str | _StrPromise,
        *,
        field: str = "",
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
        reason: Reason | None = None,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.status = status
        self.reason = reason or _OF_STATUS.get(status, Reason.INPUT)
        note_refusal(self.reason, status, field)


Hears = Callable[[Reason, HTTPStatus, str], None]

_heard: Final[list[Hears]] = []


def on_refusal(hear: Hears) -> None:
    """Call ``hear`` with reason, status and field of each refusal, whatever becomes of it."""
    if hear not in _heard:
        _heard.append(hear)


def note_refusal(reason: Reason, status: HTTPStatus, field: str = "") -> None:
    """Have a refusal counted and logged. ``Refused`` does so itself; this is for answers that are made without one."""
    logger.info(
        "An act is refused: %s.",
        reason,
        extra=event("core.refused", reason=str(reason), status=int(status), field=field),
    )
    for hear in _heard:
        hear(reason, status, field)
