"""A lock as a page prints it: signed, and the same at every render. The endpoints take nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.core.signing import BadSignature, Signer

from smo_kit.core.subjects import Key

_SALT: Final = "smo_kit.lock"
_PACKED: Final = "."
"""What Django puts before a string that it has packed."""
_SHOWN: Final = "~"
"""What stands for it in an address: web servers keep files whose names begin with a dot to themselves."""


class ForgedRef(ValueError):
    """The string is no lock that this site has printed."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Which lock (subject and name), in which language, and where its hidden part is found."""

    key: Key
    """The subject, with the language of the page."""
    name: str
    source: str
    """How the hidden part is found: see ``sources.py``."""
    where: str
    """What the source finds it by: a path, a field of an object, a plugin, a file."""
    path: str
    """The page on which it stands."""

    def sign(self) -> str:
        """Return it as a page prints it."""
        key = self.key
        parts = (key.content_type_id, key.object_pk, key.language, self.name, self.source, self.where, self.path)
        return Signer(salt=_SALT).sign_object(parts, compress=True).replace(_PACKED, _SHOWN)

    @classmethod
    def unsign(cls, token: str) -> Ref:
        """Return the lock of a printed string. Raises ForgedRef."""
        try:
            content_type, pk, language, *rest = Signer(salt=_SALT).unsign_object(token.replace(_SHOWN, _PACKED))
            return cls(Key(content_type, pk, language), *rest)
        except (BadSignature, ValueError, TypeError) as error:
            raise ForgedRef(token) from error
