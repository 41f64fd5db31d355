"""Settings of mail."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import AppSettings, editable, fixed
from smo_kit.core.values import positive
from smo_kit.mail.one_line import is_one_line

PAUSES: Final = (1, 5, 30, 120, 720)


def _is_sender(value: str) -> str:
    if not value or (is_one_line(value) and "@" in parseaddr(value)[1]):
        return ""
    return gettext("must look like 'Name <name@example.org>', not %(value)r") % {"value": value}


def _are_positive(values: tuple[int, ...]) -> str:
    return next(filter(None, map(positive, values)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailConf:
    """``SMO_KIT["MAIL"]``."""

    from_address: str = editable(
        "",
        label=_("Sender"),
        help=_("Example: Magazine <news@example.org>. Empty: DEFAULT_FROM_EMAIL of settings.py."),
        check=_is_sender,
    )
    """Who the mails are from; its domain is the one that SPF, DKIM and DMARC must speak for."""
    reply_to: str = editable(
        "",
        label=_("Answers go to"),
        help=_("An address that somebody reads. Empty: answers go to the sender."),
        check=_is_sender,
    )
    """Reply-To of the mails that bring none of their own."""
    batch: int = fixed(50, check=positive)
    """How many mails a worker claims at once and sends over one connection."""
    lease_seconds: int = fixed(300, check=positive)
    """After how long the mails of a worker that was killed are sent by another. More than ``EMAIL_TIMEOUT``."""
    retry_minutes: tuple[int, ...] = fixed(PAUSES, check=_are_positive)
    """The pauses before a mail that was refused for now is tried again; after the last it is a dead letter."""
    keep_days: int = fixed(30, check=positive)
    """After how many days mails that are done with are deleted. Of those with a key it stays, so that nobody gets them
    again."""
    suppression_key: str = fixed("")
    """The key of the marks by which suppressed addresses are known. Empty: ``SECRET_KEY``, and then a change of it must
    stay in ``SECRET_KEY_FALLBACKS``, or those who do not want mail get it again."""


mail_settings = AppSettings("MAIL", MailConf, _("Mail"))
