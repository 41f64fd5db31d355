"""Why a mail could not be handed over, and whose fault it is (RFC 5321, 4.2.1; RFC 3463)."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from smo_kit.mail.mailer import said

_ENHANCED: Final = re.compile(r"^(\d\.\d{1,3}\.\d{1,3})\b")
_NO_SUCH_ADDRESS: Final = frozenset({550, 551, 553})
_CLOSING: Final = 421
_TOO_LARGE: Final = 552


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
    gone = enhanced[1].startswith("5.1.") if enhanced else code in _NO_SUCH_ADDRESS
    return Failure(Fate.DEAD, said, bounce=bounce and gone)


def _text(answer: bytes | str) -> str:
    return answer if isinstance(answer, str) else answer.decode(errors="replace")
