"""What rules are called before people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LEARNED: Final = "Learned"
"""Name of the learned filter among the rules."""
NAMES: Final[dict[str, str | _StrPromise]] = {
    "FormTime": _("Time of filling in"),
    "Honeypot": _("Hidden field"),
    "Listed": _("Lists of spammers"),
    "Reputed": _("Reputation"),
    "Regular": _("Regular author"),
    "Muted": _("Muted words"),
    "Phrases": _("Phrases of advertising"),
    "Links": _("Links in the text"),
    "OwnPage": _("Author's name and page"),
    "Scripts": _("Foreign script"),
    "Disguises": _("Letters in disguise"),
    "Shouting": _("Capitals"),
    "Contacts": _("Ways to get in touch"),
    "OffTopic": _("Off topic"),
    "Repeated": _("Look-alikes"),
    LEARNED: _("Learned filter"),
}


def name_of(rule: str) -> str | _StrPromise:
    """Return what a rule is called; one of the site's own has the name of its class."""
    return NAMES.get(rule, rule)
