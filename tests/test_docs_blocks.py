"""Every block of code in the documentation is what it says, and every link leads somewhere."""

from __future__ import annotations

import ast
import configparser
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.core.management import get_commands, load_command_class
from django.template import engines

from smo_kit.core.settings import AppSettings
from tests.documentation import DOCS, PAGES, ROOT, Block, blocks, prose

PYTHON = blocks("python")
TEMPLATES = [one for one in blocks("django", "html", "html+django") if "{%" in one.text]
CONSOLES = blocks("console")
CHECKED = {"python", "django", "html", "html+django", "console", "css", "xml", "ini", "text"}
"""Languages that a test here reads; ``text`` is what is no program's."""
SERVERS = {"nginx", "apache"}
LINK = re.compile(r"(?<!\\)!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)")
MANAGE = re.compile(r"manage\.py ([a-z_]+)((?: [^|>&#\n`]*)?)")


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_a_block_says_what_it_is(block):
    assert block.language.startswith("{") or block.language in CHECKED | SERVERS


@pytest.mark.parametrize("block", PYTHON, ids=str)
def test_python_is_python_and_imports_what_there_is(block):
    compile(block.text, str(block), "exec")
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("smo_kit"):
            module = import_module(node.module)
            assert [one.name for one in node.names if not is_in(module, one.name)] == []


def is_in(module: object, name: str) -> bool:
    return hasattr(module, name) or bool(import_module(f"{module.__name__}.{name}"))


@pytest.mark.parametrize("block", PYTHON, ids=str)
def test_settings_in_python_are_settings_of_the_suite(block):
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SMO_KIT":
            for app, values in zip(node.value.keys, node.value.values, strict=True):
                known = AppSettings.registry[ast.literal_eval(app)].fields
                assert [ast.unparse(one) for one in values.keys if ast.literal_eval(one) not in known] == []


@pytest.mark.parametrize("block", TEMPLATES, ids=str)
def test_templates_compile_with_our_tags(block):
    loads = "" if block.text.startswith("{% extends") else "{% load smo %}"
    engines["django"].from_string(loads + block.text)


@pytest.mark.parametrize("block", blocks("css"), ids=str)
def test_styles_are_balanced(block):
    assert block.text.count("{") == block.text.count("}") > 0
    assert re.findall(r"(?m)^\s+[\w-]+\s*:[^;{]+$", block.text) == []


@pytest.mark.parametrize("block", blocks("xml"), ids=str)
def test_xml_is_xml(block):
    ElementTree.fromstring(block.text)


@pytest.mark.parametrize("block", blocks("ini"), ids=str)
def test_units_are_units(block):
    parser = configparser.ConfigParser()
    parser.read_string(block.text)
    assert parser.sections()


@pytest.mark.parametrize("block", CONSOLES, ids=str)
def test_a_console_begins_with_a_prompt_and_a_command(block):
    """What follows without a prompt is what the command prints."""
    assert re.match(r"\$ \w", block.text)


@pytest.mark.parametrize("block", blocks("console", "text"), ids=str)
def test_commands_are_there_with_their_options(block):
    wrong = [why for name, rest in MANAGE.findall(block.text) if (why := what_is_wrong(name, rest))]
    assert wrong == []
    targets = re.findall(r"(?m)^\$ (?:\w+=\S+ )*make (\w+)", block.text)
    assert [one for one in targets if f"\n{one}:" not in (ROOT / "Makefile").read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_sentences_are_there(page):
    found = re.findall(
        r"`(?:python )?(?:manage\.py )((?:smo|demo)_\w+)((?: [^`]*)?)`|`(smo_\w+) (--[^`]*)`", prose(page)
    )
    calls = [(one or other, rest or more) for one, rest, other, more in found]
    assert [why for name, rest in calls if (why := what_is_wrong(name, rest))] == []


def what_is_wrong(name: str, rest: str) -> str:
    if name not in get_commands():
        return f"There is no command {name}."
    known = options_of(name)
    missing = [one for one in re.findall(r"(?<![\w-])--[\w-]+", rest) if one not in known]
    return f"{name} has no {', '.join(missing)}." if missing else ""


@cache
def options_of(name: str) -> frozenset[str]:
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    return frozenset(option for one in parser._actions for option in one.option_strings)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_and_headings(page):
    assert [link for link in LINK.findall(prose(page)) if not leads(page, link)] == []


def leads(page: Path, link: str) -> bool:
    """Say whether a link of a page leads to something of ours; others lead where they like."""
    if re.match(r"[a-z]+:", link):
        return True
    path, _, anchor = unquote(link).partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


@cache
def anchors(page: Path) -> frozenset[str]:
    heads = re.findall(r"(?m)^#{1,4} (.*)$", prose(page))
    return frozenset(re.sub(r"[^\w\s-]", "", head.lower()).strip().replace(" ", "-") for head in heads)


def test_the_scan_finds_what_is_wrong():
    page = DOCS / "index.md"
    assert what_is_wrong("smo_sink", "")
    assert what_is_wrong("smo_sync", " --jason") == "smo_sync has no --jason."
    assert not leads(page, "nowhere.md")
    assert not leads(page, "operate.md#nothing")
    assert leads(page, "operate.md#backups")
    assert Block(page, 1, "python", "x") not in PYTHON
