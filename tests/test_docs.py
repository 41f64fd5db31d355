"""What the suite has, its documentation names."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from functools import cache
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.dispatch import Signal

from docs.from_code import LISTS, filled
from docs.from_code.api import ARCHITECTURE, STAYS, contacts, shown
from docs.from_code.checks import OF_THE_SITE, faults
from docs.from_code.commands import arguments, command_names
from docs.from_code.tags import filter_names
from docs.pictures.names import BY_CARDS, NAMES
from smo_kit.core.settings import AppSettings
from smo_kit.core.templatetags.smo import TAGS
from tests.documentation import DOCS, PAGES, ROOT, blocks, prose

SUITE = ROOT / "smo_kit"
CHECK_ID = re.compile(r"smo_kit\.([EW]\d{3})")
EVENT = re.compile(r'extra=event\(\s*"([\w.]+)"')
APPS = sorted(file.parent.name for file in SUITE.glob("*/apps.py"))
TAG_NAMES = [tag for tags in TAGS.values() for tag in tags]
SIGNALS = [
    f"{module.__name__}.{name}"
    for module in (sys.modules[f"smo_kit.{app}.signals"] for app in APPS if (SUITE / app / "signals.py").exists())
    for name, thing in vars(module).items()
    if isinstance(thing, Signal)
]
HEAVIEST = 120_000
"""Bytes of a picture."""


@cache
def written(name: str) -> str:
    return LISTS[name]()


def section(page: str, heading: str) -> str:
    """Return what stands under a heading of the second or third order."""
    found = re.search(rf"(?ms)^##+ {re.escape(heading)}\n(.*?)(?=^##|\Z)", page)
    assert found, f"There is no {heading!r}."
    return found[1]


def words(text: str) -> int:
    return len(re.findall(r"\w+", text))


@pytest.mark.django_db  # what may be chosen can hang on what is saved
def test_every_setting_is_explained():
    sections = dict(re.findall(r'(?ms)^## `SMO_KIT\["(\w+)"\]`\n(.*?)(?=^## |\Z)', written("settings")))
    assert set(sections) == set(AppSettings.registry)
    for name, app in AppSettings.registry.items():
        entries = dict(re.findall(r"(?ms)^### `(\w+)`\n\n[^\n]*\n(.*?)(?=^### |\Z)", sections[name]))
        assert set(entries) == set(app.fields)
        assert [entry for entry, said in entries.items() if words(said) < 3] == []


@pytest.mark.parametrize("tag", TAG_NAMES)
def test_every_tag_is_explained(tag):
    said = section(written("tags"), f"`{{% {tag} %}}`")
    assert words(re.sub(r"(?ms)^```.*?^```$|^\|.*?$", "", said)) >= 5
    assert [row for row in re.findall(r"(?m)^\| (`.*) \|$", said) if words(row.rsplit(" | ", 1)[1]) < 1] == []


@pytest.mark.parametrize("name", filter_names())
def test_every_filter_is_explained(name):
    assert words(section(written("tags"), f"`|{name}`")) >= 5


@pytest.mark.parametrize("command", command_names())
def test_every_command_is_explained(command):
    app = command_names()[command]
    said = section(written("commands"), f"`{command}`")
    assert words(said) >= 10
    assert [one.dest for one in arguments(command, app) if not (one.help or one.choices)] == []
    names = [str((one.option_strings or [one.metavar or one.dest.upper()])[-1]) for one in arguments(command, app)]
    assert [name for name in names if name not in said] == []


def test_every_command_of_the_suite_is_found():
    files = {file.stem for file in SUITE.rglob("management/commands/*.py") if file.stem != "__init__"}
    assert set(command_names()) == files


@pytest.mark.parametrize("signal", SIGNALS)
def test_every_signal_is_explained(signal):
    module, _, name = signal.rpartition(".")
    assert words(section(written("signals").partition(f"## `{module}`")[2], f"`{name}`")) >= 5


def test_every_id_of_a_check_is_listed_with_message_and_cure():
    in_code = {id_ for file in SUITE.rglob("*.py") for id_ in CHECK_ID.findall(file.read_text(encoding="utf-8"))}
    assert sorted(re.findall(r"(?m)^\| `smo_kit\.([EW]\d{3})`", written("checks"))) == sorted(in_code)
    assert [one.id for one in faults() if words(one.says) < 1] == []
    assert [one.id for one in faults() if one.cure != OF_THE_SITE and words(one.cure) < 1] == []


def test_every_event_is_listed():
    in_code = {name for file in SUITE.rglob("*.py") for name in EVENT.findall(file.read_text(encoding="utf-8"))}
    assert set(re.findall(r"(?m)^\| `(\w+\.\w+)` \| \w+ \| \S+ ", written("events"))) == in_code


@pytest.mark.django_db
def test_every_permission_is_listed():
    labels = [one.label for one in apps.get_app_configs() if one.name.startswith("smo_kit.")]
    rows = Permission.objects.filter(content_type__app_label__in=labels).values_list(
        "content_type__app_label", "codename"
    )
    assert [f"{label}.{code}" for label, code in rows if f"`{label}.{code}`" not in written("permissions")] == []


def test_what_is_promised_in_python_is_there():
    for module, names in STAYS.items():
        assert [name for name in names if not hasattr(sys.modules[module], name)] == []


def test_what_pages_import_is_in_the_reference():
    named = {f"{module}.{name}" for module, names in (*STAYS.items(), *shown().items()) for name in names}
    taught = {
        (node.module, one.name)
        for block in blocks("python")
        for node in ast.walk(ast.parse(block.text))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("smo_kit")
        for one in node.names
    }
    assert [one for one in taught if one[0] not in contacts() and ".".join(one) not in named] == []


def test_every_signal_is_a_point_of_contact():
    assert [one for one in SIGNALS if one.rpartition(".")[0] not in contacts()] == []


def test_the_architecture_names_the_files_that_many_apps_have():
    """A name that four apps use means the same in all of them."""
    names = Counter(file.name for file in SUITE.glob("*/*.py"))
    page = ARCHITECTURE.read_text(encoding="utf-8").partition("## Where a thing lives")[2]
    rows = page.partition("\n## ")[0]
    assert [name for name, n in names.items() if n >= 4 and name != "__init__.py" and f"`{name}`" not in rows] == []


def test_the_architecture_names_the_modules_that_are_found():
    code = "".join(file.read_text(encoding="utf-8") for file in SUITE.rglob("*.py"))
    row = next(line for line in ARCHITECTURE.read_text(encoding="utf-8").splitlines() if "`core.discovery`" in line)
    found = {*re.findall(r'load_modules\("(\w+)"', code), *re.findall(r'autodiscover_modules\("(\w+)"', code)}
    assert set(re.findall(r"`(\w+)\.py`", row)) == found


def test_the_picture_of_the_layers_is_that_of_the_linter():
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(one["layers"] for one in pyproject["tool"]["importlinter"]["contracts"] if one["id"] == "layers")
    picture = (DOCS / "pictures" / "layers.svg").read_text(encoding="utf-8")
    boxes = re.findall(r'<rect class="app"[^>]* y="(\d+)"[^>]*/>\n<text[^>]*>([\w.]+)<', picture)
    floors = [
        {name.partition(".")[0] for y, name in boxes if y == floor} for floor in dict.fromkeys(y for y, _ in boxes)
    ]
    there = [{one for one in re.split(r" [:|] ", layer) if not one.startswith("(")} for layer in layers]
    assert floors == [one for one in there if one]
    assert "<script" not in picture


def test_every_extra_is_told_and_every_app_is_in_the_table():
    page = (DOCS / "install.md").read_text(encoding="utf-8")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    table = page.partition("| extra |")[2].partition("\n\n")[0]
    assert set(re.findall(r"(?m)^\| `(\w+)` \|", table)) == set(extras)
    assert [app for app in APPS if f"/{app}.md)" not in written("apps")] == []


def test_every_tool_of_the_architecture_is_there():
    page = ARCHITECTURE.read_text(encoding="utf-8").partition("## Tools")[2].partition("\n## ")[0]
    for name in re.findall(r"`(core\.[\w.]+)`", page):
        assert find_spec(f"smo_kit.{'.'.join(name.split('.')[:2])}"), name


@pytest.mark.django_db  # what may be chosen can hang on what is saved
def test_a_page_has_a_place_for_every_list():
    texts = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in LISTS if f"<!-- {name} -->" not in texts] == []
    assert "<!--" not in filled((DOCS / "settings.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("app", APPS)
def test_every_app_has_a_page_with_a_picture(app):
    page = DOCS / "apps" / f"{app}.md"
    assert re.findall(r"!\[[^\]]{10,}\]\(\.\./pictures/\w+\.jpg\)", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("app", sorted(set(APPS) - {"core", "networks"}))
def test_every_app_is_named_where_it_is_chosen(app):
    assert f"smo_kit.{app}" in (DOCS / "apps" / f"{app}.md").read_text(encoding="utf-8")


def test_pictures_are_small_and_shown_and_can_be_made_anew():
    files = {file.stem: file.stat().st_size for file in (DOCS / "pictures").glob("*.jpg")}
    shown = {name for page in PAGES for name in re.findall(r"pictures/(\w+)\.jpg\)", prose(page))}
    assert {name: size for name, size in files.items() if size > HEAVIEST} == {}
    assert set(files) == shown == {*NAMES, *BY_CARDS}


def test_custom_properties_of_readers_pages_are_told():
    """Properties that no style of the suite sets are the site's to set."""
    styles = [file for file in SUITE.rglob("*.css") if file.stem not in {"desk", "admin", "preview", "moderation"}]
    css = "\n".join(file.read_text(encoding="utf-8") for file in styles)
    theirs = set(re.findall(r"var\((--smo-[a-z-]+)", css)) - set(re.findall(r"(--smo-[a-z-]+):", css))
    told = set(re.findall(r"(?m)^\| `(--smo-[a-z-]+)`", (DOCS / "restyle.md").read_text(encoding="utf-8")))
    assert theirs <= told
    assert told <= set(re.findall(r"var\((--smo-[a-z-]+)", css))


def test_the_front_page_names_every_page_once():
    front = (DOCS / "index.md").read_text(encoding="utf-8")
    named = re.findall(r"(?m)^[\w/]+$", "".join(re.findall(r"(?ms)^```\{toctree\}\n(.*?)^```$", front)))
    pages = {page.relative_to(DOCS).with_suffix("").as_posix() for page in PAGES if DOCS in page.parents}
    assert sorted(named) == sorted(one for one in pages if one != "index" and not one.startswith("apps/"))


def test_the_documentation_builds_without_a_warning(tmp_path):
    options = ["-W", "--keep-going", "-q", "-b", "html"]
    command = [sys.executable, "-m", "sphinx", *options, str(DOCS), str(tmp_path / "html")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    for page, words_of_it in (("settings", "SMO_KIT["), ("reference/tags", "smo_head"), ("reference/api", "card_for")):
        assert words_of_it in (tmp_path / "html" / f"{page}.html").read_text(encoding="utf-8")
