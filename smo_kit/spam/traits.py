"""What strikes the eye in a text whatever its language, in words for a moderator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LABELS: Final[dict[str, str | _StrPromise]] = {
    "fancy": _("letters of fonts"),
    "mixed": _("look-alike letters"),
    "hidden": _("hidden characters"),
    "apart": _("letters set apart"),
    "leet": _("digits for letters"),
    "link": _("a link"),
    "links": _("links"),
    "only a link": _("nothing but a link"),
    "markup": _("a link in markup"),
    "phone": _("a telephone number"),
    "money": _("a sum of money"),
    "account": _("an account's name"),
    "e-mail": _("an e-mail address"),
    "capitals": _("share of capitals"),
    "digits": _("digits"),
    "pictures": _("emoji"),
    "name with digits": _("a name with digits"),
    "drawn out": _("a word drawn out"),
    "marks": _("punctuation"),
}
_SAME: Final = {
    "a little fancy": "fancy",
    "mixed often": "mixed",
    "money often": "money",
    "picture": "pictures",
    "digit": "digits",
    "many digits": "digits",
}


def label_of(trait: str) -> str | _StrPromise:
    """Return what a trait of ``features.traits_of`` is called."""
    name = trait[1:]
    name = "capitals" if name.startswith("capitals") else _SAME.get(name, name)
    return LABELS.get(name, LABELS["marks"])
