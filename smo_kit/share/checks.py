"""W010: settings.py names a network that nothing can be shared to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks

from smo_kit.networks.absent import why_absent
from smo_kit.share.conf import share_settings


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
