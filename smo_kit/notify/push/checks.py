"""What ``manage.py check`` says of web push that is half set up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks

from smo_kit.notify.conf import notify_settings
from smo_kit.notify.push.keys import IS_INSTALLED, is_pair

Messages = list[checks.CheckMessage]
INSTALL = "pip install 'smo-kit[push]'"


@checks.register("smo_kit")
def push_is_whole(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """W610: keys for web push are there, but something is missing, so none is sent."""
    conf = notify_settings.in_code()
    public, private = conf.push_public_key, conf.push_private_key
    if not (public or private):
        return []
    missing, cure = "", "Give both keys that smo_push_keys prints, in SMO_KIT['NOTIFY']; or remove them."
    if not (public and private):
        missing = f"push_{'private' if public else 'public'}_key is missing"
    elif not IS_INSTALLED:
        missing, cure = "its packages are not installed", f"{INSTALL}; or remove the keys from SMO_KIT['NOTIFY']."
    elif not is_pair(public, private):
        missing = "its two keys don't belong together"
    return [checks.Warning(f"No web push is sent: {missing}.", hint=cure, id="smo_kit.W610")] if missing else []
