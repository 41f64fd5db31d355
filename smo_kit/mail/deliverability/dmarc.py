"""DMARC: what is to become of mails that only pretend to be of a domain (RFC 7489)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from smo_kit.mail.deliverability.dkim import tags
from smo_kit.mail.deliverability.findings import Finding, Level, good, txt
from smo_kit.mail.deliverability.lookups import Lookups

SUBJECT: Final = "DMARC"
POLICIES: Final = ("none", "quarantine", "reject")
_NONE: Final = re.compile(r"\b(s?p)\s*=\s*none\b", re.IGNORECASE)
_LABELS: Final = 8
"""How far up a record is looked for at most."""
_WHY: Final = "Large mailbox providers refuse who sends much without it, and anybody can write in your name."


def look_at_dmarc(domain: str, lookups: Lookups) -> Iterator[Finding]:
    """Yield what is to be said of the record that speaks for a domain: its own, else that of one above it."""
    own = f"v=DMARC1; p=none; rua=mailto:dmarc@{domain}"
    for parent in _upwards(domain):
        name = f"_dmarc.{parent}"
        records = [text for text in lookups.texts(name) if tags(text).get("v") == "DMARC1"]
        if len(records) > 1:
            cure = f"Keep one of them at {name}."
            yield Finding(SUBJECT, Level.ERROR, f"{name} has {len(records)} records.", "Two are as good as none.", cure)
            return
        if records:
            yield from _of(name, records[0], is_above=parent != domain)
            return
    cure = f"Publish {txt(f'_dmarc.{domain}', own)}, read the reports for some weeks, then say p=quarantine."
    yield Finding(SUBJECT, Level.ERROR, f"{domain} has no DMARC record.", _WHY, cure)


def _upwards(domain: str) -> Iterator[str]:
    labels = domain.split(".")
    yield domain
    for start in range(max(1, len(labels) - _LABELS), len(labels) - 1):
        yield ".".join(labels[start:])


def _of(name: str, record: str, *, is_above: bool) -> Iterator[Finding]:
    said = tags(record)
    policy = ((said.get("sp") if is_above else "") or said.get("p", "")).lower()
    if policy not in POLICIES:
        cure = f"Publish {txt(name, 'v=DMARC1; p=none; rua=mailto:…')}: p is none, quarantine or reject."
        yield Finding(SUBJECT, Level.ERROR, f"The record at {name} names no policy.", _WHY, cure)
        return
    if policy == "none":
        why = "Mails that others write in your name still arrive."
        stricter = _NONE.sub(r"\1=quarantine", record)
        cure = f"When the reports show that your own mails pass, publish {txt(name, stricter)}"
        yield Finding(SUBJECT, Level.WARNING, f"The policy at {name} is none.", why, cure)
    if "rua" not in said:
        why = "Nobody tells you when your own mails fail."
        cure = f"Publish {txt(name, record.rstrip('; ') + '; rua=mailto:…')}"
        yield Finding(SUBJECT, Level.WARNING, f"The record at {name} asks for no reports.", why, cure)
    yield good(SUBJECT, f"{name}: {record}")
