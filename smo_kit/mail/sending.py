"""Sends what is due."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """What became of the mails of a run."""

    sent: int = 0


def send_what_is_due(*, limit: int | None = None) -> Tally:
    return Tally()
