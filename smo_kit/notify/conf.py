"""Settings of notifications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import AppSettings, editable, fixed
from smo_kit.core.values import not_negative, positive
from smo_kit.notify.base64url import from_base64url

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: Final[tuple[Day, ...]] = get_args(Day)

PUBLIC_KEY: Final = 65
PRIVATE_KEY: Final = 32
"""Bytes of the keys of web push: a point and a number of the curve P-256 (RFC 8292)."""


def _is_hour(value: int) -> str:
    return "" if 0 <= value <= 23 else f"must be from 0 to 23, not {value}"


def _is_public_key(value: str) -> str:
    return "" if not value or _bytes_in(value) == PUBLIC_KEY else "must be a public key of smo_push_keys"


def _is_private_key(value: str) -> str:
    return "" if not value or _bytes_in(value) == PRIVATE_KEY else "must be a private key of smo_push_keys"


def _bytes_in(value: str) -> int:
    try:
        return len(from_base64url(value))
    except ValueError:
        return 0


def weekday_choices() -> list[tuple[str, Any]]:
    """The days of the week, Monday first."""
    return list(zip(DAYS, WEEKDAYS.values(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyConf:
    """``SMO_KIT["NOTIFY"]``."""

    tell_owners: bool = editable(
        True,
        label=_("Authors hear of comments on their pages"),
        help=_("On the site, and by mail if their account's address is proved. Each can end it."),
    )
    """Whether whose page it is hears of new comments on it."""
    digest_hour: int = editable(
        8, label=_("Hour of the digest"), help=_("From 0 to 23, in the time zone of the site."), check=_is_hour
    )
    """Hour at which the mails of a day or a week go out, in TIME_ZONE."""
    digest_day: Day = editable("monday", label=_("Day of the weekly digest"), help="", choices=weekday_choices)
    """Day of the weekly digest, in English."""
    debounce_seconds: int = fixed(300, check=not_negative)
    """Seconds that a mail waits for more comments of the same discussion."""
    digest_items: int = fixed(30, check=positive)
    """Comments that one mail shows at most; of more it says how many there are."""
    confirm_hours: int = fixed(48, check=positive)
    """Hours for which the link that proves an address works."""
    confirm_most: tuple[int, ...] = fixed((3, 20, 300))
    """Mails of confirmation that one address, one network (/24, /48) and the whole site may ask for within an hour.
    Those by which an address was proved count for the network alone."""
    keep_days: int = fixed(90, check=positive)
    """Days for which members find what they were told in their list on the site."""
    push_public_key: str = fixed("", check=_is_public_key)
    """The public one of the site's keys for web push; browsers get it."""
    push_private_key: str = fixed("", check=_is_private_key)
    """The private one; ``smo_push_keys`` makes both. Empty: nothing is pushed. Needs ``smo-kit[push]``."""


notify_settings = AppSettings("NOTIFY", NotifyConf, _("Notifications"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeConf:
    """Options of ``{% smo_subscribe %}``."""

    title: str = editable("", label=_("Heading"), help=_("Empty: none."))
    """Heading above the link; "": none."""
    label: str = editable("", label=_("Text of the link"), help=_("Empty: Get new comments by mail."))
    """Text of the link; "": "Get new comments by mail"."""


subscribe_settings = AppSettings("SUBSCRIBE", SubscribeConf, of_site=False)
