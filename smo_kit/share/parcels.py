"""What a button with a personal link takes along: words that neither the page's card nor the site's settings say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from typing import Any, Final

from django.core.signing import BadSignature, Signer

from smo_kit.core.cards import Card
from smo_kit.core.subjects import Key
from smo_kit.share.conf import ShareConf, share_settings
from smo_kit.share.errands import ForgedErrand
from smo_kit.share.quotes import WHOLE, Part

_SALT: Final = "smo_kit.share.parcel"
_OF_CONF: Final = ("texts", "hashtags", "via", "utm", "utm_medium", "utm_campaign")
"""Settings that say what a post says: a tag may have others than the site."""
_OF_CARD: Final = ("title", "summary", "author", "tags")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A quote or a picture of the page; words that its tag, or its view, has of its own. Mostly it is empty."""

    part: Part = WHOLE
    conf: Mapping[str, Any] = field(default_factory=dict)
    """Settings of the tag."""
    card: Mapping[str, Any] = field(default_factory=dict)
    """Fields of a card that a view has made itself."""

    @classmethod
    def packed(cls, part: Part, conf: ShareConf, card: Card | None = None) -> Parcel:
        """Return what differs from the site's settings. ``card``: one that can't be made again from the subject."""
        site = share_settings()
        differing = {name: getattr(conf, name) for name in _OF_CONF if getattr(conf, name) != getattr(site, name)}
        said = {name: value for name in _OF_CARD if card and (value := getattr(card, name))}
        if card and card.image_url:
            said["image"] = card.image_url
        return cls(part, differing, said)

    def sign(self, key: Key) -> str:
        """Return it as an address carries it, for this page only; "" when there is nothing in it."""
        if self == Parcel():
            return ""
        return _signer(key).sign_object([astuple(self.part), self.conf, self.card], compress=True)

    @classmethod
    def unsign(cls, token: str, key: Key) -> Parcel:
        """Return what a printed string says. Raises ForgedErrand."""
        if not token:
            return cls()
        try:
            part, conf, card = _signer(key).unsign_object(token)
            return cls(Part(*part), _with_tuples(conf), _with_tuples(card))
        except (BadSignature, TypeError, ValueError, AttributeError) as error:
            raise ForgedErrand(token) from error

    def settings(self) -> ShareConf:
        """Return the settings by which the post is written."""
        return replace(share_settings(), **self.conf)

    def worded(self, card: Card) -> Card:
        """Return the page's card in the words of its view, with no cuts of another picture."""
        return replace(card, cuts={}, **self.card) if self.card else card


def _signer(key: Key) -> Signer:
    return Signer(salt=f"{_SALT}.{key.sign()}")


def _with_tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
