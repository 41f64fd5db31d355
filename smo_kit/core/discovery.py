"""Modules that are found by their names, like ``admin.py``: what they say there needs to be listed nowhere."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from typing import Final

from django.apps import apps

import smo_kit

_SUITE: Final = smo_kit.__name__
_CORE: Final = f"{_SUITE}.core"


def load_modules(name: str, *, installed: bool = True) -> tuple[ModuleType, ...]:
    """Return the module of this name of each app of the suite that has one, but for the core.

    ``installed`` False: also of apps that are left out, in alphabetical order.
    """
    ours = [one.name for one in apps.get_app_configs() if one.name.startswith(f"{_SUITE}.")]
    names = ours if installed else _names_in(smo_kit, packages=True)
    return _load(tuple(f"{app}.{name}" for app in names if app != _CORE))


def modules_in(package: ModuleType) -> tuple[ModuleType, ...]:
    """Return the modules right in a package, in alphabetical order."""
    return _load(tuple(_names_in(package, packages=False)))


def _names_in(package: ModuleType, *, packages: bool) -> list[str]:
    return sorted(f"{package.__name__}.{one.name}" for one in iter_modules(package.__path__) if one.ispkg is packages)


@cache
def _load(names: tuple[str, ...]) -> tuple[ModuleType, ...]:
    return tuple(import_module(name) for name in names if find_spec(name))
