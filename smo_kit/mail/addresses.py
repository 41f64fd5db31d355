"""What stands for an e-mail address in the list of those that want no mail."""

from __future__ import annotations

from typing import Final

from smo_kit.core import marks as core_marks
from smo_kit.core.emails import in_small
from smo_kit.mail.conf import mail_settings

MARK_LENGTH: Final = 32
"""Hexadecimal digits: 128 bits."""


def mark(address: str) -> str:
    """Return 32 letters that stand for an address, small and capital letters alike, and can't be turned back."""
    return marks(address)[0]


def marks(address: str) -> list[str]:
    """Return the marks by all keys of the site, the present one's first: a list must outlive a change of the key."""
    found = core_marks.marks("smo_kit.mail", in_small(address), key=mail_settings().suppression_key)
    return [one[:MARK_LENGTH] for one in found]
