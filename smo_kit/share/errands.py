"""What a button that leads to a page of ours takes along, signed: so our pages say nothing that we did not print."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

_SALT: Final = "smo_kit.share.errand"
NOT_WHOLE: Final = _("This address is not whole, or was not made here. Go back to the page and press the button again.")
"""What a person reads whose address says nothing that we printed."""


class ForgedErrand(ValueError):
    """The string was not printed by this site."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Which address, with which text, goes to which network, in the language of the page."""

    network: str
    url: str
    text: str = ""
    language: str = ""

    def sign(self) -> str:
        """Return it as an address carries it; the same at every render."""
        return Signer(salt=_SALT).sign_object(astuple(self), compress=True)

    @classmethod
    def unsign(cls, token: str) -> Errand:
        """Return what a printed string says. Raises ForgedErrand."""
        try:
            return cls(*Signer(salt=_SALT).unsign_object(token))
        except (BadSignature, TypeError) as error:
            raise ForgedErrand(token) from error
