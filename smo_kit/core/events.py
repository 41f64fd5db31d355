"""What is logged has a name that stays, for whoever counts it or is woken by it; and no address of a person in it.

::

    logger = event_logger(__name__)
    logger.warning("Mail %s was not sent: %s", mail.pk, said, extra=event("mail.not_sent", mail=mail.pk))

A record has ``event`` and ``fields`` then, which any formatter of JSON can write.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any, Final

ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@(?=[\w-]{1,63}\.)")
"""All of an e-mail address before its domain."""
MASK: Final = "…@"
_BREAKS: Final = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""What would begin a line of its own in a log, colour a terminal, or is half a letter that no file takes."""

_heard: Final[list[Callable[[logging.LogRecord], None]]] = []
_exceptions: Final = logging.Formatter()


def event_logger(module: str) -> logging.Logger:
    """Return a module's logger, which masks e-mail addresses in all that is logged by it."""
    logger = logging.getLogger(module)
    logger.addFilter(_mask)
    return logger


def event(name: str, **fields: Any) -> dict[str, Any]:
    """Return a record's ``extra``: the name of what happened (``mail.not_sent``), and what it happened to.

    Fields are numbers and short words, never addresses, texts of people or tokens.
    """
    return {"event": name, "fields": fields}


def on_event(hear: Callable[[logging.LogRecord], None]) -> None:
    """Call ``hear`` with each record that has a name."""
    if hear not in _heard:
        _heard.append(hear)


def masked(text: str) -> str:
    """Return a text in which e-mail addresses have lost whose they are: ``…@example.org``."""
    return ADDRESS.sub(MASK, text)


def _mask(record: logging.LogRecord) -> bool:
    said = record.getMessage()
    if "@" in said or not said.isprintable():
        record.msg, record.args = _BREAKS.sub(" ", masked(said)), ()
    if record.exc_info and record.exc_info[0] is not None:
        record.exc_text = masked(_exceptions.formatException(record.exc_info))
    if hasattr(record, "event"):
        for hear in _heard:
            hear(record)
    return True
