"""Modules of one name in every installed app of the suite: what they register there is found like ``admin.py``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.apps import apps

_SUITE: Final = "smo_kit."


def load_modules(name: str) -> None:
    """Import the module of this name of each app that has one, when something that it registers is asked for."""
    ours = tuple(one.name for one in apps.get_app_configs() if one.name.startswith(_SUITE))
    _load(tuple(f"{app}.{name}" for app in ours if app != f"{_SUITE}core"))


@cache
def _load(modules: tuple[str, ...]) -> None:
    for module in modules:
        if find_spec(module):
            import_module(module)
