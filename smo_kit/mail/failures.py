"""Why a mail could not be handed over, and whose fault it is (RFC 5321, 4.2.1; RFC 3463)."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from smo_kit.mail.mailer import said

_ENHANCED: Final = re.compile(r"^(\d\.\d{1,3}\.\d{1,3})\b")
_CODE_SOMEWHERE: Final = re.compile(r"(?:^|[;:]\s*)([45]\d\d)(?=[ -]|$)")
_ENHANCED_SOMEWHERE: Final = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_NO_SUCH_ADDRESS: Final = frozenset({550, 551, 553})
_SENDER_IS_WRONG: Final = frozenset({"5.1.7", "5.1.8"})
_CLOSING: Final = 421
_TOO_LARGE: Final = 552
_MAILBOX_FULL: Final = "5.2.2"


class Trouble(Enum):
    """What is told of an address after the mail server had taken the mail; the value is said in the admin."""

    GONE = "no such address"
    HARD = "came back for good"
    SOFT = "came back for now"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed at the provider"


class Fate(Enum):
    """What becomes of the mail."""

    RETRY = auto()
    DEAD = auto()
    DOWN = auto()
    """It is the site's fault: no other mail would fare better."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong."""

    fate: Fate
    said: str
    breaks: bool = False
    """Whether the connection is of no more use."""
    bounce: bool = False
    """Whether the address does not exist."""


def failure_of(error: Exception) -> Failure:
    """Return what an error of sending one mail means.

    Refused for now (4xx), a broken connection, silence: later. Refused for good (5xx): never. What nobody knows of,
    such as another e-mail backend's errors: later.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, text = next(iter(error.recipients.values()))
            return _answered(code, _text(text), bounce=True)
        case smtplib.SMTPSenderRefused() if error.smtp_code >= 500 and error.smtp_code != _TOO_LARGE:
            return Failure(Fate.DOWN, f"the sender {error.sender} is refused: {_text(error.smtp_error)}")
        case smtplib.SMTPAuthenticationError():
            return Failure(Fate.DOWN, f"{error.smtp_code} {_text(error.smtp_error)}")
        case smtplib.SMTPResponseException():
            return _answered(error.smtp_code, _text(error.smtp_error))
        case smtplib.SMTPNotSupportedError() | ValueError():
            return Failure(Fate.DEAD, said(error))
        case OSError():
            return Failure(Fate.RETRY, said(error), breaks=True)
    return Failure(Fate.RETRY, said(error))


def _answered(code: int, text: str, *, bounce: bool = False) -> Failure:
    said = f"{code} {text}"
    if code < 500:
        return Failure(Fate.RETRY, said, breaks=code == _CLOSING)
    enhanced = _ENHANCED.match(text)
    return Failure(Fate.DEAD, said, bounce=bounce and _is_gone(code, enhanced[1] if enhanced else ""))


def codes_in(text: str) -> tuple[int, str]:
    """Return the reply code and the enhanced status that a server's words hold: (550, "5.1.1"); 0 and "" for none."""
    code, enhanced = _CODE_SOMEWHERE.search(text), _ENHANCED_SOMEWHERE.search(text)
    return (int(code[1]) if code else 0), (enhanced[1] if enhanced else "")


def trouble_of(code: int, enhanced: str) -> Trouble | None:
    """Return how bad it is that a mail came back with these (0, "": not told); None if they tell of no failure.

    ``5.0.0`` says no more than "for good", and the reply code is asked.
    """
    family = enhanced[:1] or str(code)[:1]
    detailed = "" if enhanced.endswith(".0.0") else enhanced
    if family == "4" or detailed == _MAILBOX_FULL or (not detailed and code == _TOO_LARGE):
        return Trouble.SOFT
    if family != "5":
        return None
    return Trouble.GONE if _is_gone(code, detailed) else Trouble.HARD


def _is_gone(code: int, enhanced: str) -> bool:
    """Say whether the recipient's address does not exist."""
    if enhanced:
        return enhanced.startswith("5.1.") and enhanced not in _SENDER_IS_WRONG
    return code in _NO_SUCH_ADDRESS


def _text(answer: bytes | str) -> str:
    return answer if isinstance(answer, str) else answer.decode(errors="replace")
