"""Traps for programs in a form: when it was opened, and a field that no person sees, whose name changes every day.

A form prints ``trap_fields(key)``: a hidden field, and a text field out of sight that no keyboard reaches
(``tabindex="-1"``, ``autocomplete="off"``). ``read_traps(request.POST, key)`` reads them. Both are bound to what is
written under. There is no session and no cookie: a form in a forgotten tab lives for days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner, b62_decode
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from smo_kit.core.subjects import Key

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FIELD: Final = "opened"
"""Name of the hidden field that says when the form was opened."""
LIFE: Final = dt.timedelta(days=2)
"""A form that was opened longer ago has to be opened anew."""

_SALT: Final = "smo_kit.spam.traps"
_WORDS: Final = ("website", "company", "phone", "fax", "city", "surname", "homepage", "address")


class TrapError(ValueError):
    """The form can't be taken as it came; ``text`` says to a person what to do."""

    def __init__(self, text: str | _StrPromise) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class TrapFields:
    """What a form has to print."""

    opened: str
    """Value of the hidden field ``FIELD``."""
    honeypot: str
    """Name of the text field that must stay empty."""


@dataclass(frozen=True, slots=True)
class Traps:
    """What a form knows of who filled it in: a Submission has fields of the same names."""

    opened: dt.datetime
    honeypot: bool


def trap_fields(key: Key, sent: Mapping[str, str] | None = None) -> TrapFields:
    """Return the fields for a form under a subject that is opened now.

    ``sent`` is what came in by it before, if it is shown again: who corrects a field at once is not in a hurry.
    """
    try:
        opened_at = read_traps(sent or {}, key).opened
        opened = (sent or {})[FIELD]
    except TrapError:
        _bound, opened = _signer().sign(_mark(key)).split(":", 1)
        opened_at = _time_of(opened)
    return TrapFields(opened=opened, honeypot=_honeypot(key, opened_at))


def read_traps(data: Mapping[str, str], key: Key) -> Traps:
    """Return what a form that came in says. Raises TrapError if its hidden field is missing, foreign or too old."""
    value = data.get(FIELD, "")
    try:
        _signer().unsign(f"{_mark(key)}:{value}", max_age=LIFE)
    except SignatureExpired as error:
        raise TrapError(_("This form has been open for too long. Please send your text again.")) from error
    except (BadSignature, UnicodeError) as error:
        raise TrapError(
            _("This form is not of this page. Please open the page anew and send your text again.")
        ) from error
    opened = _time_of(value)
    return Traps(opened=opened, honeypot=bool(data.get(_honeypot(key, opened), "")))


def _signer() -> TimestampSigner:
    return TimestampSigner(salt=_SALT)


def _time_of(opened: str) -> dt.datetime:
    return dt.datetime.fromtimestamp(b62_decode(opened.partition(":")[0]), tz=dt.UTC)


def _mark(key: Key) -> str:
    return f"{key.content_type_id}.{key.object_pk.replace(':', '.')}"


def _honeypot(key: Key, opened: dt.datetime) -> str:
    digest = salted_hmac(_SALT, f"{_mark(key)}.{opened:%Y-%m-%d}", algorithm="sha256").digest()
    return f"{_WORDS[digest[0] % len(_WORDS)]}_{digest[1:3].hex()}"
