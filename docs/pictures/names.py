"""The names of all pictures, for whoever has no browser to make them: a test compares them with what is there."""

from __future__ import annotations

from typing import Final

NAMES: Final = (
    *("article", "phone", "quote", "networks", "follow", "ratings"),
    *("comments", "dialog", "next", "best", "lock", "downloads"),
    *("cms", "previews", "audit", "subscribers", "desk", "sign_in"),
    *("share_story", "lock_desk", "mail", "comments_moderation", "spam", "engagement"),
)
"""Made by ``make.py``."""
BY_CARDS: Final = ("cards",)
