"""How signing in by each provider goes, for the owner: the last success, the last error."""

from __future__ import annotations

import logging
import re
from typing import Any, Final

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from smo_kit.core.settings import site_id
from smo_kit.core.text import cut, one_line
from smo_kit.login.faults import OWNERS, Fault
from smo_kit.login.models import APP_LENGTH, Health

logger = logging.getLogger(__name__)

DETAIL_LENGTH: Final = 500
_SECRET: Final = re.compile(r"(?i)((?:secret|token|code|password|assertion|key)\w*[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,}]+")
_ADDRESS: Final = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")


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
        logger.exception("How signing in by %s went can't be noted.", app)


def harmless(text: str) -> str:
    """Return what an error says, without secrets of the site or of a reader, and not too long."""
    return cut(_ADDRESS.sub("…@…", _SECRET.sub(r"\1…", one_line(text))), DETAIL_LENGTH)
