"""What the suite has, its documentation names."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from smo_kit.core.settings import AppSettings
from smo_kit.core.templatetags.smo import TAGS

ROOT = Path(__file__).resolve().parents[1]
SUITE = ROOT / "smo_kit"
DOCS = ROOT / "docs"
PAGES = sorted(page for page in DOCS.rglob("*.md") if "_build" not in page.parts)
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
CHECK_ID = re.compile(r"smo_kit\.([EW]\d{3})")
COMMANDS = sorted(file.stem for file in SUITE.glob("*/management/commands/*.py") if file.stem != "__init__")
APPS = sorted(file.parent.name for file in SUITE.glob("*/apps.py"))


def checks_in_code() -> set[str]:
    return {id_ for file in SUITE.rglob("*.py") for id_ in CHECK_ID.findall(file.read_text(encoding="utf-8"))}


def generated_settings() -> str:
    spec = importlib.util.spec_from_file_location("settings_page", DOCS / "settings_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.settings_markdown()


def test_every_setting_is_explained():
    page = generated_settings()
    sections = dict(re.findall(r'(?ms)^## `SMO_KIT\["(\w+)"\]`\n(.*?)(?=^## |\Z)', page))
    assert set(sections) == set(AppSettings.registry)
    for name, app in AppSettings.registry.items():
        entries = dict(re.findall(r"(?ms)^### `(\w+)`\n\n[^\n]*\n(.*?)(?=^### |\Z)", sections[name]))
        assert set(entries) == set(app.fields)
        assert [entry for entry, words in entries.items() if len(words.split()) < 3] == []


def test_the_page_of_checks_lists_each_id_once_and_none_that_is_gone():
    listed = re.findall(r"(?m)^\| `smo_kit\.([EW]\d{3})`", (DOCS / "checks.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(checks_in_code())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command):
    assert f"`{command}" in TEXT or f"manage.py {command}" in TEXT


@pytest.mark.parametrize("tag", [tag for tags in TAGS.values() for tag in tags])
def test_every_tag_is_documented(tag):
    assert f"{{% {tag}" in TEXT


@pytest.mark.parametrize("app", APPS)
def test_every_app_has_a_page(app):
    assert (DOCS / "apps" / f"{app}.md").exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_python_in_the_docs_is_python(page):
    for block in re.findall(r"(?ms)^```python\n(.*?)^```$", page.read_text(encoding="utf-8")):
        compile(block, str(page), "exec")


def test_the_documentation_builds_without_a_warning(tmp_path):
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "-q",
        "-b",
        "html",
        str(DOCS),
        str(tmp_path / "html"),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "SMO_KIT[" in (tmp_path / "html" / "settings.html").read_text(encoding="utf-8")
