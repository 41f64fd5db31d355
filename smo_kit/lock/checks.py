"""W801 to W803: settings.py has locks offer what their owner should think over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks

from smo_kit.lock.conf import lock_settings
from smo_kit.lock.policies import doubts


@checks.register("smo_kit")
def terms_are_right(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """W801: a network forbids it. W802: sharing is the only way. W803: a network is not there, or has no such page."""
    return [
        checks.Warning(f"SMO_KIT['LOCK'][{one.setting!r}]: {one.sentence}", hint=one.cure, id=one.id)
        for one in doubts(lock_settings.in_code())
    ]
