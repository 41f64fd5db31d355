"""What ``manage.py check`` says of notifications."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from smo_kit.core.conf import core_settings
from smo_kit.mail.mailer import goes_out

Messages = list[checks.CheckMessage]


@checks.register("smo_kit")
def times_have_a_zone(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E601: without time zones nobody can say when a digest is due."""
    if settings.USE_TZ:
        return []
    text = "USE_TZ is off, so it can't be worked out when a mail is due."
    return [checks.Error(text, hint="Set USE_TZ = True.", id="smo_kit.E601")]


@checks.register("smo_kit", deploy=True)
def one_click_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W601: mail programs show their button "unsubscribe" for an https address alone (RFC 8058)."""
    conf = core_settings.in_code()
    base = conf.base_url or conf.base_url_without_request
    if settings.DEBUG or not goes_out() or not base.startswith("http://"):
        return []
    name = "base_url" if conf.base_url else "base_url_without_request"
    text = f"Links in mails begin with {base}: mail programs show no button that unsubscribes."
    hint = f"Serve the site by https, and set {name} in SMO_KIT['CORE'] to its https:// address."
    return [checks.Warning(text, hint=hint, id="smo_kit.W601")]
