"""Addresses of previews: signed, so that nobody can try numbers until a draft answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.core.signing import BadSignature, Signer
from django.db.models import Model
from django.urls import reverse

from smo_kit.core.subjects import source_of

_SALT: Final = "smo_kit.preview"


class ForgedAddress(ValueError):
    """The string is of no preview that this site has printed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An object in one language, public or not."""

    content_type_id: int
    object_pk: str
    language: str

    def sign(self) -> str:
        """Return it as an address shows it."""
        return Signer(salt=_SALT).sign(f"{self.content_type_id}.{self.language}.{self.object_pk}")

    @classmethod
    def unsign(cls, token: str) -> Draft:
        """Return what a signed string means. Raises ForgedAddress."""
        try:
            content_type, language, pk = Signer(salt=_SALT).unsign(token).split(".", 2)
            return cls(int(content_type), pk, language)
        except (BadSignature, ValueError) as error:
            raise ForgedAddress(token) from error

    def object(self) -> Model | None:
        """Return the object as it is in the database, or None when it is gone."""
        try:
            model = ContentType.objects.get_for_id(self.content_type_id).model_class()
        except ContentType.DoesNotExist:
            return None
        return model._base_manager.filter(pk=self.object_pk).first() if model else None


def preview_address(obj: Model, language: str) -> str:
    """Return the path of the preview of an object in a language, published or not: for whoever may change it.

    The object needs a card (``register``) and a primary key. Raises NoReverseMatch without our URLs.
    """
    return reverse("smo_meta:preview", args=[Draft(*source_of(obj), language).sign()])
