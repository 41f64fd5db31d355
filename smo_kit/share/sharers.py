"""Who shares, as the table of links keeps him; and those who asked to be forgotten, of whom only counts are left."""

from __future__ import annotations

import secrets
from typing import Final

ERASED: Final = "erased:"
"""Before the random letters that stand for somebody who was erased; marks have no colon."""


def nobody() -> str:
    """Return what stands for the sharer of one link when he is erased; no two are alike."""
    return f"{ERASED}{secrets.token_hex(16)}"
