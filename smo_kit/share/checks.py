"""Faults of share buttons that ``manage.py check`` finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.core import checks

from smo_kit.core.own_urls import address_if_any
from smo_kit.networks.absent import why_absent
from smo_kit.share.conf import share_settings
from smo_kit.share.models import TOKEN_LENGTH

SHORT_VIEW: Final = "smo_short:link"
"""The name of ``/s/<token>/``."""
SHORT_URLS: Final = 'path("s/", include("smo_kit.share.short_urls"))'
"""What a site adds to its urlpatterns, for short addresses."""


@checks.register("smo_kit")
def networks_are_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """W010: a network is unknown, or has died; its button is left out."""
    conf = share_settings.in_code()
    named = {"networks": conf.networks, "hashtags": conf.hashtags}
    return [
        checks.Warning(f"SMO_KIT['SHARE'][{name!r}] names {id_!r}.", hint=wrong, id="smo_kit.W010")
        for name, ids in named.items()
        for id_ in ids
        if (wrong := why_absent(id_, "share", "action"))
    ]


@checks.register("smo_kit", "urls")
def links_are_short(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """W011: personal links are on, but the site has no short addresses for them."""
    if not share_settings.in_code().personal or address_if_any(SHORT_VIEW, "a" * TOKEN_LENGTH):
        return []
    text = "Personal links are on, but the site has no short address for them, /s/…/."
    hint = f"Add {SHORT_URLS} to your URLs. Without it they work, with a longer address."
    return [checks.Warning(text, hint=hint, id="smo_kit.W011")]
