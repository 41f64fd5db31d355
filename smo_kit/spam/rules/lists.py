"""Lists of spammers' addresses that the owner has downloaded, such as those of StopForumSpam. Nobody is asked."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from smo_kit.core.events import event, event_logger
from smo_kit.core.sayings import gettext as _
from smo_kit.spam.conf import spam_settings
from smo_kit.spam.submissions import Signal, Submission

logger = event_logger(__name__)

_ENTRY: Final = re.compile(r"[^\s,;\"']+")


class Listed:
    """The address, or the e-mail address, is on a list."""

    def judge(self, submission: Submission) -> Signal | None:
        paths = spam_settings().lists
        asked = {mark for mark in (mark_of(submission.address), mark_of(submission.email)) if mark}
        if not (paths and asked):
            return None
        if any(asked & marks for marks in map(_marks_in, paths)):
            return Signal(3.0, _("The author's address is on a list of spammers."))
        return None


def mark_of(address: str) -> bytes:
    """Return a short hash of an IP address or an e-mail address; b"" for nothing."""
    address = address.strip().lower()
    try:
        address = str(ipaddress.ip_address(address))
    except ValueError:
        if "@" not in address:
            return b""
    return blake2b(address.encode("utf-8", "replace"), digest_size=8).digest()


def _marks_in(path: str) -> frozenset[bytes]:
    try:
        return _read(path, Path(path).stat().st_mtime_ns)
    except (OSError, UnicodeError) as error:
        logger.warning("The list of spammers %s can't be read: %s", path, error, extra=event("spam.spammers_unread"))
        return frozenset()


@lru_cache(maxsize=8)
def _read(path: str, _changed: int) -> frozenset[bytes]:
    """Read a list: entries stand in lines or between commas; what is no address is skipped."""
    with Path(path).open(encoding="utf-8", errors="replace") as file:
        return frozenset(mark for line in file for entry in _ENTRY.findall(line) if (mark := mark_of(entry)))
