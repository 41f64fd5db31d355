"""Faults of locks that ``manage.py check`` finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks

from smo_kit.core.checks import REQUEST, do_templates_know_the_request
from smo_kit.lock.conf import lock_settings
from smo_kit.lock.policies import doubts

Messages = list[checks.CheckMessage]


@checks.register("smo_kit")
def locks_know_the_request(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E801: a lock that does not know its page can't find what it hides, so it never opens."""
    if do_templates_know_the_request():
        return []
    hint = f"Add {REQUEST!r} to context_processors in TEMPLATES."
    return [checks.Error("Templates don't know the request, so locks never open.", hint=hint, id="smo_kit.E801")]


@checks.register("smo_kit")
def terms_are_right(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """W801: a network forbids it. W802: sharing is the only way. W803: a network is not there, or has no such page."""
    return [
        checks.Warning(f"SMO_KIT['LOCK'][{one.setting!r}]: {one.sentence}", hint=one.cure, id=one.id)
        for one in doubts(lock_settings.in_code())
    ]
