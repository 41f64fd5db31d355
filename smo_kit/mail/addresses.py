"""E-mail addresses: one way to write each, and a mark that stands for one without telling it."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from smo_kit.mail.conf import mail_settings

LENGTH: Final = 254
"""Letters of the longest address (RFC 5321, erratum 1690)."""


MARK_LENGTH: Final = 32
"""Hexadecimal digits: 128 bits."""


class BadAddress(ValueError):
    """This is no address that mail can be sent to; the text is a sentence for a person."""


def normalised(address: str) -> str:
    """Return the address alone as SMTP takes it: without spaces around, its domain in small letters and in Punycode.

    What stands before the @ stays as it is, a plus sign too. Raises BadAddress.
    """
    bare = address.strip(" ")
    if any(not letter.isprintable() for letter in bare):
        raise BadAddress(_("An e-mail address is one line without control characters."))
    if "<" in bare or '"' in bare:
        raise BadAddress(_("Give the e-mail address alone, without a name: name@example.org."))
    local, _at, domain = bare.rpartition("@")
    if not local.isascii():
        raise BadAddress(_("Before the @ an e-mail address may have Latin letters, digits and signs only."))
    try:
        whole = f"{local}@{domain.lower().encode('idna').decode()}"
        validate_email(whole)
    except (UnicodeError, ValidationError):
        raise BadAddress(
            _("%(address)s is no e-mail address, as name@example.org is one.") % {"address": bare}
        ) from None
    if len(whole) > LENGTH:
        raise BadAddress(_("An e-mail address has at most %(length)d letters.") % {"length": LENGTH})
    return whole


def mark(address: str) -> str:
    """Return 32 letters that stand for an address, small and capital letters alike, and can't be turned back."""
    return marks(address)[0]


def marks(address: str) -> list[str]:
    """Return the marks by all keys of the site, the present one's first: a list must outlive a change of the key."""
    own = mail_settings().suppression_key
    keys = [*([own] if own else []), settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    text = normalised(address).lower()
    return [salted_hmac("smo_kit.mail", text, secret=key, algorithm="sha256").hexdigest()[:MARK_LENGTH] for key in keys]
