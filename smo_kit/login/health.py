"""How signing in by each provider goes, for the owner: the last success, the last error."""

from __future__ import annotations

import re
import traceback
from typing import Any, Final

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from requests import RequestException

from smo_kit.core.events import event, event_logger
from smo_kit.core.settings import site_id
from smo_kit.core.text import cut, one_line
from smo_kit.login.faults import OWNERS, Fault
from smo_kit.login.models import APP_LENGTH, Health

logger = event_logger(__name__)

DETAIL_LENGTH: Final = 500
LOG_LENGTH: Final = 20_000
_SECRET: Final = re.compile(
    r"(?i)((?:secret|token|code|password|assertion|key|sig)\w{0,40}[\\\"']*\s*[=:]\s*b?[\\\"']*)[^\s\\\"'&,}]+"
    r"|\b((?:bearer|oauth) )[\w.~+/-]{8,}=*"
    r"|\b(ey)J[\w-]+\.[\w.-]+"  # a JWT
)
_ADDRESS: Final = re.compile(r"[^\s<>\"']{1,254}@[^\s<>\"']+")


def succeeded(app: str) -> None:
    """Note that somebody has signed in by it."""
    _note(app, succeeded_at=timezone.now(), failures=0)


def failed(app: str, fault: Fault, error: BaseException | None = None) -> None:
    """Note what went wrong, if the owner can do something about it: that readers change their minds is no error."""
    if fault in OWNERS:
        detail = harmless(f"{type(error).__name__}: {error}") if error else ""
        _note(app, failed_at=timezone.now(), fault=fault.value, detail=detail, failures=F("failures") + 1)


def _note(app: str, **what: object) -> None:
    """Write it down. A database that is away, or only read, keeps nobody from signing in."""
    key: dict[str, Any] = {"site_id": site_id(), "app": app[:APP_LENGTH]}
    try:
        with transaction.atomic():
            if not Health.objects.filter(**key).update(**what):
                Health.objects.get_or_create(**key)
                Health.objects.filter(**key).update(**what)
    except DatabaseError:
        logger.exception("How signing in by %s went can't be noted.", app, extra=event("login.not_noted"))


def harmless(text: str) -> str:
    """Return what an error says, without secrets of the site or of a reader, and not too long."""
    return cut(_clean(one_line(text)), DETAIL_LENGTH)


def for_the_log(error: BaseException | None) -> str:
    """Return what a log may keep of an error: where it came from, but nothing that opens a reader's account.

    A call's address stands in the message of its error, and the reader's token in the address.
    """
    if error is None:
        return ""
    if isinstance(error, RequestException):
        return harmless(f"{type(error).__name__}: {error}")
    return "\n" + _clean("".join(traceback.format_exception(error)))[-LOG_LENGTH:]


def _clean(text: str) -> str:
    hidden = _SECRET.sub(lambda found: f"{next((one for one in found.groups() if one), '')}…", text)
    return _ADDRESS.sub("…@…", hidden)
