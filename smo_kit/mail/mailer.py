"""Django's way to the mail server: ``MAILERS`` from Django 6.1 on, ``EMAIL_…`` settings before."""

from __future__ import annotations

import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import django
from django.conf import settings
from django.core.mail import EmailMultiAlternatives

if TYPE_CHECKING or django.VERSION < (6, 1):
    from django.core.mail import get_connection
else:
    from django.core.mail import mailers

    def get_connection() -> Any:
        """Return what sends the site's mail."""
        return mailers.default


from smo_kit.mail.conf import mail_settings
from smo_kit.mail.headers import sender
from smo_kit.mail.models import Mail

_SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"

BREAKS: Final = 2
"""After so many mails in a row that broke the connection it is the server's fault, not theirs."""


class Down(Exception):
    """No mail can be sent at all, whichever it is."""


class Line:
    """One connection to the mail server, opened when the first mail is sent, and anew after it broke."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._breaks = 0

    def send(self, message: EmailMultiAlternatives) -> None:
        """Hand a mail over to the server. Raises Down, and what the server said of this mail."""
        if self._connection is None:
            self._open()
        if not self._connection.send_messages([message]):
            raise RuntimeError("The e-mail backend has sent nothing and does not say why.")
        self._breaks = 0

    def broke(self) -> None:
        """Drop the connection, which is of no more use. Raises Down when it breaks again and again."""
        self.close()
        self._breaks += 1
        if self._breaks >= BREAKS:
            raise Down("the connection breaks again and again")

    def close(self) -> None:
        """End the connection; the server may have done so already."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError):
                connection.close()

    def _open(self) -> None:
        connection = get_connection()
        try:
            connection.open()
        except OSError as error:  # smtplib's errors are of this class, too
            with suppress(OSError):
                connection.close()
            raise Down(said(error)) from error
        self._connection = connection


def said(error: BaseException) -> str:
    """Return what an error says, for a person."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """Return a mail as Django sends it."""
    reply_to = mail.reply_to or mail_settings().reply_to
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        sender(),
        [mail.to],
        headers={**mail.headers, "Message-ID": mail.message_id},
        reply_to=[reply_to] if reply_to else None,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def goes_out() -> bool:
    """Say whether mail leaves this machine: the backend is SMTP's or a provider's, none of those for development."""
    name = str(_option("BACKEND", "EMAIL_BACKEND") or _SMTP)
    return not name.startswith("django.core.mail.backends.") or name == _SMTP


def timeout() -> float | None:
    """Return after how many seconds a silent server is left; None: never. Other backends see to it themselves: 0."""
    if _option("BACKEND", "EMAIL_BACKEND") not in {None, _SMTP}:
        return 0
    found = _option("timeout", "EMAIL_TIMEOUT")
    return None if found is None else float(found)


def smtp_user() -> str:
    """Return by which name the site logs in to its SMTP server; "" for none, and for other backends."""
    if _option("BACKEND", "EMAIL_BACKEND") not in {None, _SMTP}:
        return ""
    return str(_option("username", "EMAIL_HOST_USER") or "")


def _option(name: str, old_name: str) -> Any:
    """Return a setting of the default mailer by its name in MAILERS, or by the one before Django 6.1."""
    mailers = getattr(settings, "MAILERS", None)
    if mailers is not None:
        mailer = mailers.get("default", {})
        return mailer.get(name, mailer.get("OPTIONS", {}).get(name))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # 6.1 says that the old names go, and need not tell us
        return getattr(settings, old_name, None)
