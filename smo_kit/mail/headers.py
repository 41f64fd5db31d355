"""What the lines above a mail say to programs."""

from __future__ import annotations

from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings

from smo_kit.mail.conf import MailConf, mail_settings
from smo_kit.mail.letters import Letter


def sender(conf: MailConf | None = None) -> str:
    """Return who mails are from: the setting, else Django's."""
    return (conf or mail_settings()).from_address or str(settings.DEFAULT_FROM_EMAIL)


def new_message_id(left: str = "") -> str:
    """Return a Message-ID in the sender's domain: of ``left``, else one that nothing else has."""
    domain = parseaddr(sender())[1].rpartition("@")[2] or "localhost"
    return f"<{left or uuid4().hex}@{domain}>"


def headers_of(letter: Letter) -> dict[str, str]:
    """Return a letter's headers, but for those that the outbox's columns hold.

    A mail that no person wrote says so (RFC 3834), lest holiday notes answer it; one that can be ended says how, by a
    press of the mail program's own button (RFC 2369, RFC 8058).
    """
    about = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-SMO-Reason": letter.kind,
        "Content-Language": letter.language,
        "List-Id": letter.list_id,
        "In-Reply-To": letter.in_reply_to or letter.thread,
        "References": " ".join(filter(None, dict.fromkeys((letter.thread, letter.in_reply_to)))),
    }
    if letter.unsubscribe:
        about["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        about["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        about["Precedence"] = "bulk"
    made = {name: value for name, value in about.items() if value}
    taken = {name.lower() for name in made}
    return {**{name: value for name, value in letter.headers.items() if name.lower() not in taken}, **made}
