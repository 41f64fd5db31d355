"""What is found out about a domain that mail is sent from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How much a finding matters."""

    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"
    """Something is missing that large mailbox providers demand."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is well or not."""

    subject: str
    """What it is about: SPF, DKIM, DMARC…"""
    level: Level
    what: str
    why: str = ""
    cure: str = ""
    """A record to publish, written out, or what else to do."""


def good(subject: str, what: str) -> Finding:
    """Return that something is as it should be."""
    return Finding(subject, Level.GOOD, what)


def txt(name: str, text: str) -> str:
    """Return a record to publish, as it stands in a zone file."""
    return f'{name}. IN TXT "{text}"'
