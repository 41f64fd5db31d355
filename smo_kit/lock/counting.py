"""How often a lock was shown, tried and opened."""

from __future__ import annotations


def count(lock_id: int, what: str, *, way: str = "", network: str = "", variant: str = "") -> None:
    """Count one more on this day."""
