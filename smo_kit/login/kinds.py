"""What sign-in counts, and what its mails are about."""

from __future__ import annotations

import datetime as dt
from typing import Final

from allauth.account import app_settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from smo_kit.engagement.kinds import Kind, register_kind
from smo_kit.mail.kinds import Kind as MailKind
from smo_kit.mail.kinds import register_kind as register_mail_kind
from smo_kit.mail.models import Mail

SIGNED_IN: Final = register_kind(Kind(id="signed_in", label=_("Signed in"), through=("login",)))

CODE: Final = "login-code"
LINK: Final = "login-link"
NEWS: Final = "login-news"
"""Ids of the kinds of mail: with a code that runs out, with a link that opens something, and what was changed."""


def is_good(mail: Mail) -> bool:
    """Say whether the code in a mail still works: a mail server that was away must not send old ones."""
    seconds = max(
        app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
        app_settings.LOGIN_BY_CODE_TIMEOUT,
        app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT,
    )
    return mail.created + dt.timedelta(seconds=seconds) > timezone.now()


register_mail_kind(
    MailKind(
        id=CODE,
        label=_("Codes to sign in"),
        heeds_all=False,
        bounce_suppresses=True,
        is_secret=True,
        still_wanted=is_good,
    )
)
register_mail_kind(MailKind(id=LINK, label=_("Links of your account"), heeds_all=False, is_secret=True))
register_mail_kind(MailKind(id=NEWS, label=_("News of your account"), heeds_all=False))
