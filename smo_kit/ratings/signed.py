"""What a form rates, as a page prints it: signed, and the same at every render."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from django.core.signing import BadSignature, Signer

from smo_kit.core.answers import language_of
from smo_kit.core.subjects import ForgedKey, Key

_SALT: Final = "smo_kit.ratings"


@dataclass(frozen=True, slots=True)
class Thing:
    """A subject, the language of its page, and what kind of rating its page asks for."""

    key: Key
    kind: str

    def sign(self) -> str:
        """Return it as it stands in an address."""
        key = self.key
        return Signer(salt=_SALT).sign(f"{self.kind}.{key.content_type_id}.{key.language}.{key.object_pk}")

    @property
    def mark(self) -> str:
        """What all forms that rate the same have in common, whatever the language of their pages."""
        return f"smo-{self.kind}-{self.key.content_type_id}-{self.key.object_pk}"

    def speaking(self, language: str) -> Thing:
        """Return the same for the page in another language; "" for this one."""
        return replace(self, key=self.key.speaking(language_of(language))) if language else self

    @classmethod
    def unsign(cls, token: str) -> Thing:
        """Return what an address names. Raises ForgedKey."""
        try:
            kind, content_type, language, pk = Signer(salt=_SALT).unsign(token).split(".", 3)
            return cls(Key(int(content_type), pk, language), kind)
        except (BadSignature, ValueError) as error:
            raise ForgedKey(token) from error
