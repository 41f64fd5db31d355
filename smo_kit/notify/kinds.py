"""What notifications are about, and what readers do for the site by wanting them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from smo_kit.engagement.kinds import Kind, register_kind

SUBSCRIBED: Final = register_kind(Kind(id="subscribed", label=_("Subscribed")))

CONFIRM: Final = "notify-confirm"
LINK: Final = "notify-link"
NEWS: Final = "notify"
"""Ids of the kinds of mail: the one that asks, the one that leads to one's own page, and those that tell."""
CONFIRM_LABEL: Final = _("Confirmation of an address")
LINK_LABEL: Final = _("Link to your notifications")
NEWS_LABEL: Final = _("New comments")


class Why(models.TextChoices):
    """Why somebody hears of a comment; the strongest of several reasons counts, in this order."""

    REPLY = "reply", _("It answers a comment of yours.")
    MENTION = "mention", _("It speaks to you by name.")
    OWN_PAGE = "own", _("It stands on a page of yours.")
    DISCUSSION = "discussion", _("You follow this discussion.")


class Frequency(models.TextChoices):
    """How often somebody gets mail."""

    INSTANT = "instant", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never: only on the site")
