"""The house stays as docs/architecture.md says: arrows point down, each thing lives in one place."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps

from smo_kit.core.templatetags.smo import TAGS
from smo_kit.networks.registry import all_networks, dead_networks

ROOT = Path(__file__).resolve().parents[1]
SUITE = ROOT / "smo_kit"
SOURCES = sorted(SUITE.rglob("*.py"))
OUTSIDE_NETWORKS = sorted(
    file
    for kind in ("*.py", "*.html", "*.txt", "*.js", "*.css")
    for file in SUITE.rglob(kind)
    if SUITE / "networks" not in file.parents
)
LONGEST = 400

EVERYDAY_WORDS = {
    *("copy", "device", "digg", "email", "line", "max", "ok", "print", "qr", "rss", "sms", "threads", "x"),
    *("apple", "google"),  # apple-touch-icon, -apple-system; a selector of DKIM
}
"""Ids that are words of code and prose as well: those networks are known by their hosts and names alone."""
EVERYDAY_NAMES = {"Copy link", "E-mail", "Print", "QR code", "RSS", "SMS", "Share", "OK", "X", "Apple"}
PROTOCOLS = re.compile(r"""["'](twitter|fediverse):[a-z:_]+["']|application/rss\+xml""")
"""Names in standards that other networks read too: they say what a tag means, not whose page it is."""


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def imports_in_functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield function.name, node.lineno


def without_comments(file: Path) -> str:
    """Return what a file does, without what it says about it."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                node.value.value = ""
        return ast.unparse(tree)
    return re.sub(r"(?s)\{#.*?#\}|\{% comment.*?endcomment %\}|/\*.*?\*/|(?<![:\"'])//[^\n]*", "", text)


def names_of_networks() -> re.Pattern[str]:
    living = all_networks()
    ids = {one.id for one in (*living, *dead_networks())} - EVERYDAY_WORDS
    names = {str(one.name) for one in (*living, *dead_networks())} - EVERYDAY_NAMES
    hosts = {host for one in living for host in one.hosts}
    words = sorted(map(re.escape, {*ids, *hosts}), key=len, reverse=True)
    proper = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:(?i:{'|'.join(words)})|{'|'.join(proper)})(?!\w)")


def test_import_linter_keeps_every_contract():
    """Layers, circles: the contracts are in pyproject.toml."""
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    run = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_nothing_is_imported_inside_a_function():
    """Such an import hides a circle. Only ``ready()`` is told by Django to do so."""
    found = [
        (named(file), *one)
        for file in (*SOURCES, *(ROOT / "demo_site").rglob("*.py"))
        for one in imports_in_functions(ast.parse(file.read_text(encoding="utf-8")))
        if not (file.name == "apps.py" and one[0] == "ready")
    ]
    assert found == []


def test_an_import_inside_a_function_would_be_found():
    tree = ast.parse("import a\ndef one():\n    def two():\n        from b import c")
    assert ("two", 4) in imports_in_functions(tree)


def test_no_file_is_longer_than_a_reader_can_hold():
    lengths = {
        named(file): len(file.read_text(encoding="utf-8").splitlines()) for file in (*SOURCES, *OUTSIDE_NETWORKS)
    }
    assert {file: length for file, length in lengths.items() if length > LONGEST} == {}


def test_no_network_is_named_outside_its_file():
    names = names_of_networks()
    found = {named(file): names.findall(PROTOCOLS.sub("", without_comments(file))) for file in OUTSIDE_NETWORKS}
    assert len(found) > 500
    assert {file: said for file, said in found.items() if said} == {}


def test_the_scan_would_find_a_network():
    text = """ids = ["vk"]; url = 'https://t.me/x'; text = "Odnoklassniki"; css = ".smo-telegram"; x = line.copy()"""
    assert names_of_networks().findall(text) == ["vk", "t.me", "Odnoklassniki", "telegram"]


def test_the_table_of_tags_is_what_the_apps_register():
    registered = {
        f"smo_kit.{folder.name}": tuple(import_module(f"smo_kit.{folder.name}.tags").register.tags)
        for folder in SUITE.iterdir()
        if (folder / "tags.py").exists()
    }
    assert {app: set(tags) for app, tags in registered.items()} == {app: set(tags) for app, tags in TAGS.items()}


def test_what_others_hear_and_place_imports_no_models():
    """An app that is not installed must break nobody who imports its signals or blocks."""
    modules = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts) for file in SOURCES if file.stem in {"signals", "blocks"}
    ]
    command = f"from django.conf import settings; settings.configure(); import {', '.join(modules)}"
    run = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_every_app_is_named_and_labelled_alike():
    for config in apps.get_app_configs():
        if config.name.startswith("smo_kit."):
            assert config.label == f"smo_{config.name.rpartition('.')[2]}"


def test_every_need_of_an_app_can_be_installed():
    needs = {need for config in apps.get_app_configs() for need in getattr(config, "needs", ())}
    assert [need for need in needs if find_spec(f"{need}.apps") is None] == []


def test_nothing_holds_a_path_of_somebodys_machine():
    homes = re.compile(r"/(?:home|Users|root|work)/\w")
    files = [*SOURCES, *OUTSIDE_NETWORKS, *(ROOT / "demo_site").rglob("*.py"), *(ROOT / "docs").glob("*.md")]
    assert [named(file) for file in files if homes.search(file.read_text(encoding="utf-8"))] == []


def test_a_group_asks_for_what_the_extra_of_its_name_does():
    """Groups can't include extras, so both lists stand in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras, groups = project["project"]["optional-dependencies"], project["dependency-groups"]
    both = extras.keys() & groups.keys()
    assert {name: groups[name] for name in both} == {name: extras[name] for name in both} != {}


def parts_of(folder: Path) -> set[str]:
    """Return the modules of a folder, and its packages, as the page names them."""
    packages = {f"{one.parent.name}/" for one in folder.glob("*/__init__.py")} - {"management/", "migrations/"}
    return {one.stem for one in folder.glob("*.py")} - {"__init__"} | packages - {"templatetags/"}


class TestThePageOfTheArchitecture:
    PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    USUAL = set(re.findall(r"`(\w+)\.py`", PAGE.split("## Where a thing lives")[1].split("\n## ")[0]))
    FOLDERS = [folder for folder in sorted(SUITE.iterdir()) if (folder / "apps.py").exists() and folder.name != "core"]

    @pytest.mark.parametrize(
        "folder", [*FOLDERS, *sorted(file.parent for file in SUITE.glob("contrib/*/__init__.py"))], ids=named
    )
    def test_it_names_each_file_of_an_app_and_none_that_is_gone(self, folder):
        name = ".".join(folder.relative_to(SUITE).parts)
        (said,) = re.findall(rf"(?s)\*\*`{re.escape(name)}`\*\*:(.*?)(?=\n- |\n\n|\*\*`)", self.PAGE)
        ours = {one.id for one in all_networks()} if name == "networks" else set()
        below = {one.stem for one in folder.glob("*/*.py")}
        found = set(re.findall(r"`(\w+/?)`", said))
        parts = parts_of(folder) - self.USUAL - ours
        assert (parts - found, found - parts - self.USUAL - below) == (set(), set())

    def test_it_names_each_file_of_the_core_and_none_that_is_gone(self):
        parts = {one.rstrip("/") for one in parts_of(SUITE / "core")}
        said = set(re.findall(r"`core\.([a-z_]+)", self.PAGE))
        assert (parts - self.USUAL - said, said - parts) == (set(), set())

    def test_its_table_of_floors_has_every_app(self):
        names = [".".join(file.relative_to(SUITE).parts[:-1]) for file in SUITE.rglob("apps.py")]
        table = self.PAGE.partition("| floor |")[2].partition("\n\n")[0]
        assert [name for name in names if f"`{name}`" not in table] == []
