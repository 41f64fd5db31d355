"""Bounces in plain words that can be told for sure: of Exim (X-Failed-Recipients) and qmail (QSBMF).

https://cr.yp.to/proto/qsbmf.txt
"""

from __future__ import annotations

import re
from email.message import Message
from typing import Final

from smo_kit.mail.failures import Trouble, codes_in, trouble_of
from smo_kit.mail.reports import MESSAGE_ID, NotUnderstood, Report, bounded, message_of, one_line, reports_in, text_of

_QMAIL: Final = "Hi. This is the "
_QMAIL_COPY: Final = "--- Below this line is a copy of the message."
_QMAIL_RECIPIENT: Final = re.compile(r"^<([^<>\s]{3,254})>:\n((?:[^\n]+\n){1,20})", re.MULTILINE)
_EXIM_COPY: Final = re.compile(r"^-{4,10} This is a copy of (?:the|your) message", re.MULTILINE)
_ID_LINE: Final = re.compile(r"^message-id:[ \t]*(?:\n[ \t]+)?(\S+)", re.IGNORECASE | re.MULTILINE)
_FOR_GOOD: Final = "permanent error"


def reports_of(raw: bytes) -> list[Report]:
    """Return what a mail reports, in fields or in plain words. Raises NotUnderstood."""
    message = message_of(raw)
    try:
        return reports_in(message)
    except NotUnderstood:
        return [plain_report(message)]


def plain_report(message: Message) -> Report:
    """Return what a bounce in plain words tells of its one address. Raises NotUnderstood."""
    with bounded():
        text = text_of(message).replace("\r\n", "\n") if message.get_content_maintype() == "text" else ""
        report = _of_qmail(text) or _of_exim(text, one_line(message.get("X-Failed-Recipients")))
    if report is None:
        raise NotUnderstood("it is no report of a mail server or provider")
    return report


def _of_qmail(text: str) -> Report | None:
    words, mark, copy = text.partition(_QMAIL_COPY)
    found = _QMAIL_RECIPIENT.findall(words) if mark and words.lstrip().startswith(_QMAIL) else []
    return _report(found[0][0], found[0][1], copy) if len(found) == 1 else None


def _of_exim(text: str, address: str) -> Report | None:
    copy = _EXIM_COPY.search(text)
    if copy is None or "@" not in address or "," in address or _FOR_GOOD not in text[: copy.start()]:
        return None
    words = text[: copy.start()].rpartition(f"{address}\n")[2]
    return _report(address, words, text[copy.start() :])


def _report(address: str, words: str, copy: str) -> Report | None:
    line = _ID_LINE.search(copy)
    found = MESSAGE_ID.fullmatch(line[1]) if line else None
    if found is None:
        return None
    said = one_line(words)
    trouble = trouble_of(*codes_in(said)) or Trouble.HARD
    return Report(found[0], (address,), trouble, said)
