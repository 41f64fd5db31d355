"""What a reader is offered to open a lock by."""

from __future__ import annotations

from dataclasses import dataclass

from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One way of opening a lock."""

    way: str
    label: str


def offers_for(ref: Ref, terms: Terms) -> list[Offer]:
    """Return the ways by which a lock opens, in their order."""
    return []
