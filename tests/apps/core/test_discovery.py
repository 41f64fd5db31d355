"""Modules that are found by their names."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from django.apps import apps

from smo_kit.core.discovery import load_modules, modules_in


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with two modules, a package within, and something else."""
    for name in ("b.py", "a.py", "notes.txt", "within/__init__.py", "__init__.py"):
        file = tmp_path / "smo_found" / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    yield __import__("smo_found")
    for name in [name for name in sys.modules if name.partition(".")[0] == "smo_found"]:
        monkeypatch.delitem(sys.modules, name)


def names(modules: tuple[ModuleType, ...]) -> list[str]:
    return [module.__name__ for module in modules]


def test_the_modules_right_in_a_package(package):
    assert names(modules_in(package)) == ["smo_found.a", "smo_found.b"]


def test_a_module_of_every_app_or_of_those_installed(monkeypatch):
    everywhere = names(load_modules("blocks", installed=False))
    assert everywhere == sorted(everywhere)
    assert {"smo_kit.share.blocks", "smo_kit.follow.blocks"} <= set(everywhere)
    kept = [one for one in apps.get_app_configs() if one.name != "smo_kit.share"]
    monkeypatch.setattr(apps, "get_app_configs", lambda: kept)
    assert set(everywhere) - set(names(load_modules("blocks"))) == {"smo_kit.share.blocks"}
    assert names(load_modules("blocks", installed=False)) == everywhere


@pytest.mark.parametrize("installed", [True, False])
def test_the_core_only_offers_the_mechanism(installed):
    assert not [name for name in names(load_modules("blocks", installed=installed)) if ".core." in name]


def test_a_name_that_no_app_has_finds_nothing():
    assert load_modules("nothing_of_the_kind") == load_modules("nothing_of_the_kind", installed=False) == ()
