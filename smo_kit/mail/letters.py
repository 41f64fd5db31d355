"""What an app wants to be sent: checked when it is made, so that nothing wrong ever waits in the outbox."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.template.context import make_context
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import get_language, override

from smo_kit.core.addresses import base_url, site_name
from smo_kit.core.emails import normalised
from smo_kit.core.text import clean, cut, one_line
from smo_kit.mail.kinds import kind_of
from smo_kit.mail.links import unsubscribe_url
from smo_kit.mail.one_line import is_one_line

SUBJECT_LENGTH: Final = 200
"""Letters of a subject made by a template; what is longer ends in "…"."""
KEY_LENGTH: Final = 200
ID_LENGTH: Final = 255
"""Letters of a Message-ID."""

_KEY: Final = re.compile(rf"[a-z0-9][a-z0-9:._-]{{0,{KEY_LENGTH - 1}}}")
_MESSAGE_ID: Final = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_OURS: Final = frozenset(
    ["from", "to", "cc", "bcc", "subject", "date", "message-id", "reply-to", "sender", "return-path", "mime-version"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail to one address. Raises BadAddress, UnknownKind, and ValueError with the cure."""

    to: str = field(repr=False)
    """The address alone."""
    subject: str
    text: str = ""
    """May be empty only where the kind composes its mails when they go out."""
    html: str = ""
    kind: str
    """The id of a registered kind: see ``kinds.py``."""
    language: str = ""
    key: str = ""
    """Small letters, digits and ``:._-``. A second letter of the same key is the first one: nobody gets it twice."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """More of them; those that this module makes come after these and win."""
    reply_to: str = ""
    message_id: str = ""
    """``<left@right>``; empty: a random one. A given one lets later mails answer this one."""
    in_reply_to: str = ""
    """The Message-ID of the mail that this one answers."""
    thread: str = ""
    """The Message-ID that stands for a whole conversation, which mail programs show together; no mail need have it."""
    list_id: str = ""
    """``"Title" <thread-123.comments.example.org>`` (RFC 2919): what a recipient's filter can rely on."""
    unsubscribe: str = field(default="", repr=False)
    """The address that ends such mails, answering RFC 8058's POST; empty: that of the kind, if it can be ended."""
    due: dt.datetime | None = None
    """Not to be sent before; None: at once."""
    reason: str = ""
    """A sentence for the recipient: why he gets it."""
    tells: tuple[int, ...] = ()
    """Primary keys of what it tells, for the kind's ``note_sent``; no part of the mail."""

    def __post_init__(self) -> None:
        kind = kind_of(self.kind)
        object.__setattr__(self, "to", normalised(self.to))
        if self.reply_to:
            object.__setattr__(self, "reply_to", normalised(self.reply_to))
        for name in ("subject", "language", "list_id", "unsubscribe"):
            _refuse_lines(name, getattr(self, name))
        for name in ("message_id", "in_reply_to", "thread"):
            _refuse_no_id(name, getattr(self, name))
        for name in ("text", "html"):
            object.__setattr__(self, name, clean(getattr(self, name)))
        if not self.subject.strip() or not (self.text.strip() or kind.compose):
            raise ValueError("A letter has a subject and a text.")
        if self.key and not _KEY.fullmatch(self.key):
            raise ValueError(f"key={self.key!r}: give at most {KEY_LENGTH} small letters, digits and :._- alone.")
        for name, value in self.headers.items():
            _refuse_lines(name, value)
            if not _HEADER.fullmatch(name) or name.lower() in _OURS or name.lower().startswith("content-"):
                raise ValueError(
                    f"The header {name!r} can't be given here: a field of the letter is for it, or it is none."
                )


class Ends(NamedTuple):
    """How the names of a letter's templates end."""

    subject: str = ".subject.txt"
    text: str = ".txt"
    html: str = ".html"


USUAL_ENDS: Final = Ends()


def letter_from_templates(
    name: str,
    context: Mapping[str, Any],
    *,
    to: str,
    kind: str,
    language: str = "",
    request: HttpRequest | None = None,
    ends: Ends = USUAL_ENDS,
    **fields: Any,
) -> Letter:
    """Return a letter from ``name.subject.txt``, ``name.txt`` and, if there is one, ``name.html`` (or other ``ends``).

    They are rendered in the recipient's language ("": the site's), without the request: a mail tells nothing of who
    caused it. Besides the context they know ``base_url``, ``site_name``, ``language``, ``reason`` and
    ``unsubscribe_url``; the bodies extend ``smo_kit/mail/base.txt`` and ``base.html``. ``request`` only says at which
    address the site is. ``fields`` are the letter's other ones.
    """
    language = language or settings.LANGUAGE_CODE
    base = base_url(request)
    fields.setdefault("unsubscribe", unsubscribe_url(to, kind, language=language, base=base))
    with override(language):
        known = {
            **context,
            "base_url": base,
            "site_name": site_name(request),
            "language": get_language(),
            "reason": fields.get("reason", ""),
            "unsubscribe_url": fields["unsubscribe"],
        }
        subject = cut(one_line(_rendered(name + ends.subject, known)), SUBJECT_LENGTH)
        text = _rendered(name + ends.text, known).strip() + "\n"
        try:
            html = _rendered(name + ends.html, {**known, "subject": subject}).strip()
        except TemplateDoesNotExist as error:
            if error.args[0] != name + ends.html:
                raise
            html = ""
    return Letter(to=to, kind=kind, language=language, subject=subject, text=text, html=html, **fields)


def _rendered(name: str, context: Mapping[str, Any]) -> str:
    """Return the template's text; only HTML needs its letters escaped."""
    template: Any = get_template(name)
    return str(template.template.render(make_context(dict(context), autoescape=name.endswith(".html"))))


def _refuse_no_id(name: str, value: str) -> None:
    if value and (len(value) > ID_LENGTH or not _MESSAGE_ID.fullmatch(value)):
        raise ValueError(f"{name}={value!r}: a Message-ID looks like '<left@right>', in at most {ID_LENGTH} letters.")


def _refuse_lines(name: str, value: str) -> None:
    if not is_one_line(value):
        raise ValueError(f"{name}={value!r}: a header is one line without control characters.")
