"""Faults of locks that ``manage.py check`` finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks

from smo_kit.core.checks import REQUEST, do_templates_know_the_request

Messages = list[checks.CheckMessage]


@checks.register("smo_kit")
def locks_know_the_request(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    """E801: a lock that does not know its page can't find what it hides, so it never opens."""
    if do_templates_know_the_request():
        return []
    hint = f"Add {REQUEST!r} to context_processors in TEMPLATES."
    return [checks.Error("Templates don't know the request, so locks never open.", hint=hint, id="smo_kit.E801")]
