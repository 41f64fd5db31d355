"""What mail servers and providers write back: delivery status notifications (RFC 3464) and complaints (RFC 5965).

Whoever knows the mailbox can write to it, so nothing here is believed; ``bounces`` looks whether we sent such a mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser, HeaderParser
from email.utils import getaddresses
from itertools import islice
from typing import Any, Final

from smo_kit.mail.failures import Trouble, codes_in, trouble_of

LIMIT: Final = 1024 * 1024
"""Bytes of a mail that are looked at: what is told stands before the copy of our mail."""
RECIPIENTS: Final = 50
WORDS: Final = 500
"""Letters of what is told that are kept."""

MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{1,253}>")
_BLANK_LINE: Final = re.compile(r"\r?\n[ \t]*\r?\n")
_STATUS: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_DELIVERY: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_FEEDBACK: Final = "message/feedback-report"
_ORIGINAL: Final = frozenset({"message/rfc822", "message/global", "message/rfc822-headers", "message/global-headers"})
_ORIGINAL_HEADERS: Final = "text/rfc822-headers"
_COMPLAINTS: Final = frozenset({"abuse", "fraud", "opt-out"})
"""Feedback types that say "I don't want this"; others praise, or tell of DMARC (RFC 6591)."""


class NotUnderstood(ValueError):
    """This mail tells of no delivery; the text says why we think so."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is told of one mail to one address."""

    message_id: str
    """"" if it is not told, and then it is worth nothing."""
    addresses: tuple[str, ...]
    """What the address may be: as we wrote it, and where it led to."""
    trouble: Trouble
    said: str
    """One line without control characters."""


def one_line(text: Any) -> str:
    """Return at most ``WORDS`` letters of what somebody wrote, fit to be kept and shown."""
    seen = "".join(letter if letter.isprintable() else " " for letter in str(text or "")[: 2 * WORDS])
    return " ".join(seen.split())[:WORDS]


def children_of(part: Message) -> Sequence[Message]:
    """Return the parts of a part."""
    payload: Any = part.get_payload()
    return payload if isinstance(payload, list) else []


def text_of(part: Message) -> str:
    """Return the text of a part, whatever it is encoded in."""
    payload: Any = part.get_payload(decode=True)
    return payload.decode(errors="replace") if isinstance(payload, bytes) else ""


def message_of(raw: bytes) -> Message:
    """Return a mail, of which no more than ``LIMIT`` bytes are read. Raises NotUnderstood."""
    with bounded():
        return BytesParser().parsebytes(raw[:LIMIT])


def reports_in(message: Message) -> list[Report]:
    """Return what a mail reports: nothing if it tells of a delivery or a delay. Raises NotUnderstood."""
    with bounded():
        for part in islice(_containers(message), RECIPIENTS):
            parts = children_of(part)
            for child in parts:
                kind = child.get_content_type()
                if kind in _DELIVERY:
                    return list(_bounces(child, _original(parts)))
                if kind == _FEEDBACK:
                    return list(_complaints(child, _original(parts)))
    raise NotUnderstood("it is no report of a mail server or provider")


@contextmanager
def bounded() -> Iterator[None]:
    """Turn whatever the standard library raises for broken and deeply nested mails into NotUnderstood."""
    try:
        yield
    except NotUnderstood:
        raise
    except Exception as error:
        raise NotUnderstood(f"it is broken ({type(error).__name__})") from error


def _containers(message: Message) -> Iterator[Message]:
    """Yield the mail, and its multiparts: a list's footer wraps what it adds to."""
    yield message
    for child in children_of(message):
        if child.get_content_maintype() == "multipart":
            yield child


def _original(parts: Sequence[Message]) -> Message:
    """Return the headers of our mail, as they came back."""
    for part in parts:
        kind = part.get_content_type()
        if kind in _ORIGINAL and (inner := children_of(part)):
            return inner[0]
        if kind == _ORIGINAL_HEADERS:
            return HeaderParser().parsestr(text_of(part))
    return Message()


def _message_id(original: Message) -> str:
    found = MESSAGE_ID.search(str(original.get("Message-ID", "")))
    return found[0] if found else ""


def _bounces(status: Message, original: Message) -> Iterator[Report]:
    for fields in islice(_blocks(status), RECIPIENTS):
        addresses = [_address(fields.get(name)) for name in ("Original-Recipient", "Final-Recipient")]
        trouble = _trouble(fields)
        if trouble and any(addresses):
            said = one_line(fields.get("Diagnostic-Code")) or one_line(fields.get("Status"))
            yield Report(_message_id(original), tuple(filter(None, addresses)), trouble, said)


def _blocks(status: Message) -> Iterator[Message]:
    """Yield the groups of fields: the parser knows them in ``delivery-status``, not in its kin of RFC 6533."""
    for block in children_of(status) or [HeaderParser().parsestr(text_of(status))]:
        yield block
        rest = block.get_payload()
        for text in _BLANK_LINE.split(rest) if isinstance(rest, str) else ():
            yield HeaderParser().parsestr(text.lstrip())


def _trouble(fields: Message) -> Trouble | None:
    action = one_line(fields.get("Action")).lower().partition(" ")[0]
    if action not in {"failed", ""}:
        return None
    found = _STATUS.search(str(fields.get("Status", "")))
    status = found[1] if found else ""
    code, told = codes_in(one_line(fields.get("Diagnostic-Code")))
    if not status or status.endswith(".0.0"):
        status = told or status
    return trouble_of(code, status)


def _address(field: Any) -> str:
    """Return the address of ``rfc822; ann@example.org``."""
    kind, _semicolon, address = one_line(field).rpartition(";")
    return address.strip(" <>") if kind.strip().lower() in {"rfc822", "utf-8", ""} else ""


def _complaints(feedback: Message, original: Message) -> Iterator[Report]:
    fields = next(iter(children_of(feedback)), None) or HeaderParser().parsestr(text_of(feedback))
    kind = one_line(fields.get("Feedback-Type")).lower()
    if kind in _COMPLAINTS:
        told = [*fields.get_all("Original-Rcpt-To", []), *original.get_all("To", [])]
        addresses = [address for _name, address in getaddresses([one_line(one) for one in told[:RECIPIENTS]])]
        yield Report(_message_id(original), tuple(filter(None, addresses)), Trouble.COMPLAINT, kind)
