"""Apps that write mails when their time has come: whoever sends what is due asks them first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from smo_kit.core.events import event, event_logger

logger = event_logger(__name__)

Source = Callable[[int], int]
"""Puts about so many mails, or works of that size, into the outbox (``services.put_many``); returns how much it did,
0 when nothing is due. Several workers may ask at once, and one may be killed in the middle."""

_sources: Final[dict[str, Source]] = {}


def register_source(name: str, source: Source) -> None:
    """Have a source asked each time before mails are sent."""
    _sources[name] = source


def ask_sources(limit: int) -> int:
    """Let each source do about ``limit``; return how much was done. One that fails is logged and spoils no other."""
    done = 0
    for name, source in sorted(_sources.items()):
        try:
            done += source(limit)
        except Exception:
            logger.exception(
                "%s can't write its mails now; it is asked again next time.", name, extra=event("mail.source_failed")
            )
    return done
