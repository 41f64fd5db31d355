"""Faults of mail that ``manage.py check`` finds."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any, Final
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks

from smo_kit.core.addresses import base_url
from smo_kit.core.conf import core_settings
from smo_kit.core.tables import is_migrated
from smo_kit.mail.conf import mail_settings
from smo_kit.mail.headers import sender
from smo_kit.mail.kinds import all_kinds
from smo_kit.mail.mailer import goes_out, smtp_user, timeout

Messages = list[checks.CheckMessage]

_EXAMPLES: Final = ("example.com", "example.net", "example.org", "example", "invalid")
_HERE: Final = ("localhost", "localdomain", "local", "")
"""Domains that no other machine knows."""


@checks.register("smo_kit")
def the_sender_is_real(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E501: mail would go out from an address that belongs to nobody, unless an editor names another one."""
    address = parseaddr(sender(mail_settings.in_code()))[1]
    if settings.DEBUG or not goes_out() or not _is_example(address.rpartition("@")[2]):
        return []
    hint = "Set DEFAULT_FROM_EMAIL, or from_address in SMO_KIT['MAIL'], to an address of the site's own domain."
    return [checks.Error(f"Mail is sent from {address}, which is nobody's.", hint=hint, id="smo_kit.E501")]


@checks.register("smo_kit", deploy=True)
def the_sender_is_known_elsewhere(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W505: mail would go out from an address that only this machine knows, as Django's default is."""
    address = parseaddr(sender(mail_settings.in_code()))[1]
    if settings.DEBUG or not goes_out() or not _is_within(address.rpartition("@")[2], _HERE):
        return []
    text = f"Mail is sent from {address}, which no other machine knows, and most servers refuse it."
    hint = "Set DEFAULT_FROM_EMAIL, or from_address in SMO_KIT['MAIL'], to an address of the site's own domain."
    return [checks.Warning(text, hint=hint, id="smo_kit.W505")]


@checks.register("smo_kit", deploy=True)
def links_lead_here(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E502: links in mails would lead to example.com, as the Site says at first."""
    if settings.DEBUG or not goes_out() or not _is_base_known() or not _is_example(urlsplit(base_url()).hostname or ""):
        return []
    hint = "Set base_url in SMO_KIT['CORE'], or the domain of the Site in the admin."
    return [checks.Error(f"Links in mails lead to {base_url()}.", hint=hint, id="smo_kit.E502")]


@checks.register("smo_kit")
def sqlite_has_room_for_workers(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W501: with SQLite's default transactions two writers end in "database is locked"."""
    backend = str(getattr(settings, "TASKS", {}).get("default", {}).get("BACKEND", "Immediate"))
    default = settings.DATABASES.get("default", {})
    if "sqlite3" not in default.get("ENGINE", "") or "Immediate" in backend or "Dummy" in backend:
        return []
    if default.get("OPTIONS", {}).get("transaction_mode") in {"IMMEDIATE", "EXCLUSIVE"}:
        return []
    hint = 'Set "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20} of DATABASES["default"].'
    text = 'Workers and requests write to SQLite at once, and some will end in "database is locked".'
    return [checks.Warning(text, hint=hint, id="smo_kit.W501")]


@checks.register("smo_kit", deploy=True)
def a_silent_server_is_left(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W502: a mail server that does not answer would hold a worker for longer than its lease."""
    lease = mail_settings().lease_seconds
    seconds = timeout()
    if not goes_out() or (seconds is not None and seconds < lease):
        return []
    text = (
        "A mail server that does not answer holds a worker for longer than its lease, and another sends the same mail."
    )
    hint = f"Set EMAIL_TIMEOUT (Django 6.1: OPTIONS['timeout'] in MAILERS) to 20, and in any case below {lease}."
    return [checks.Warning(text, hint=hint, id="smo_kit.W502")]


@checks.register("smo_kit")
def one_click_is_encrypted(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W503: the mail program's button to unsubscribe works over https alone (RFC 8058, 3.1)."""
    conf = core_settings.in_code()
    base = conf.base_url or conf.base_url_without_request
    if settings.DEBUG or not goes_out() or not base.startswith("http:"):
        return []
    if not any(kind.can_unsubscribe or kind.compose for kind in all_kinds()):  # what is composed may bring its own link
        return []
    text = f"Links in mails begin with {base}, and mail programs show no button to unsubscribe without https."
    hint = "Serve the site by https, and say so in base_url of SMO_KIT['CORE']."
    return [checks.Warning(text, hint=hint, id="smo_kit.W503")]


@checks.register("smo_kit")
def the_server_sends_for_the_domain(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W504: the mail server knows the site by an address of another domain, for which SPF and DKIM will speak."""
    own = parseaddr(sender(mail_settings.in_code()))[1].rpartition("@")[2].lower()
    login = smtp_user().rpartition("@")[2].lower() if "@" in smtp_user() else ""
    if settings.DEBUG or not goes_out() or not login or _is_within(own, (login,)) or _is_within(login, (own,)):
        return []
    text = f"Mail is from {own}, but the mail server is told that it is from {login}: SPF and DMARC may fail."
    hint = "Send from an address of the login's domain, or let the provider sign for yours: smo_deliverability looks."
    return [checks.Warning(text, hint=hint, id="smo_kit.W504")]


def _is_example(host: str) -> bool:
    return _is_within(host, _EXAMPLES)


def _is_within(host: str, domains: Sequence[str]) -> bool:
    return any(host == one or (one and host.endswith(f".{one}")) for one in domains)


def _is_base_known() -> bool:
    """Say whether the address can be asked for: the table of sites may be yet to be made."""
    if core_settings().base_url or not apps.is_installed("django.contrib.sites"):
        return True
    return is_migrated(apps.get_model("sites", "Site"))
