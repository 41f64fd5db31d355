"""E-mail addresses: one way to write each, and what marks know it by."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

LENGTH: Final = 254
"""Letters of the longest address (RFC 5321, erratum 1690)."""


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
        if domain.startswith("["):  # a bare IP address: nobody's mailbox, but perhaps a machine of the site's network
            raise UnicodeError
        whole = f"{local}@{domain.lower().encode('idna').decode()}"
        validate_email(whole)
    except (UnicodeError, ValidationError):
        raise BadAddress(
            _("%(address)s is no e-mail address, as name@example.org is one.") % {"address": bare}
        ) from None
    if len(whole) > LENGTH:
        raise BadAddress(_("An e-mail address has at most %(length)d letters.") % {"length": LENGTH})
    return whole


def as_read(address: str) -> str:
    """Return a normalised address as a person reads it: without Punycode. Mail is sent to the other one."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain.encode().decode('idna')}"
    except UnicodeError:
        return address


def in_small(address: str) -> str:
    """Return the normalised address in small letters: what a mark of it is made of. Raises BadAddress."""
    return normalised(address).lower()


def folded(address: str) -> str:
    """Return the same, by which addresses that somebody has given are compared; "" for what is none."""
    try:
        return in_small(address)
    except BadAddress:
        return ""


def spellings(address: str) -> list[str]:
    """Return what marks of an address are made of, the present way first; nothing for nothing, and never an error.

    Earlier marks were made of the address as it was written, in small letters: another text if its domain is not ASCII.
    """
    bare = address.strip()
    earlier = [bare.casefold(), bare.lower()]
    try:
        ways = [in_small(bare), *earlier]
    except BadAddress:  # an imported comment may have anything
        ways = earlier
    return [one for one in dict.fromkeys(ways) if one]
