"""What a network's rules say of giving something for a share, such as the opening of a lock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardPolicy:
    """Read on a day, at a place."""

    verdict: Literal["forbidden", "allowed", "unknown"]
    reason: str | _StrPromise
    """A sentence for the owner of a site."""
    as_of: dt.date
    source: str

    @property
    def forbids(self) -> bool:
        """Whether nothing may be given for a share."""
        return self.verdict == "forbidden"
