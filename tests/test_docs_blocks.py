"""Every block of code in the documentation is what it says, and every link leads somewhere."""

from __future__ import annotations

import argparse
import ast
import configparser
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
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
CHECKED = {"python", "django", "html", "html+django", "console", "css", "xml", "ini", "diff", "text"}
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


def settings_in(block: Block) -> Iterator[tuple[str, str]]:
    """Return app and name of each setting that a block gives in SMO_KIT."""
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SMO_KIT":
            for app, values in zip(node.value.keys, node.value.values, strict=True):
                for one in values.keys:
                    yield ast.literal_eval(app), ast.literal_eval(one)


def test_settings_in_python_are_settings_of_the_suite():
    given = [(str(block), *one) for block in PYTHON for one in settings_in(block)]
    assert len(given) > 20
    assert [one for one in given if one[2] not in AppSettings.registry[one[1]].fields] == []


@pytest.mark.parametrize("block", TEMPLATES, ids=str)
def test_templates_compile_with_our_tags(block):
    compile_template(block.text)


def compile_template(text: str) -> None:
    """Raise TemplateSyntaxError for what is wrong, but for libraries that only sites of ``tests/sites`` have."""
    engine = engines["django"]
    loaded = {name for names in re.findall(r"{% load (.*?) %}", text) for name in names.split()}
    for name in loaded - set(engine.engine.template_libraries):
        text = re.sub(rf"{{% {name} %}}|(?<={{% load )(.*?) ?\b{name}\b", r"\1", text)
    loads = "" if text.startswith("{% extends") else "{% load smo %}"
    engine.from_string(loads + text.replace("{% load %}", ""))


@pytest.mark.parametrize("block", blocks("diff"), ids=str)
def test_a_change_takes_out_or_adds_and_what_it_adds_is_right(block):
    """What it takes out is somebody else's; ``tests/sites`` finds it on a site."""
    lines = block.text.splitlines()
    assert [line for line in lines if line[:1] not in {"-", "+", " "}] == []
    assert [line for line in lines if line[:1] in {"-", "+"}]
    added = "\n".join(line[1:] for line in lines if line.startswith("+"))
    if "{%" in block.text:
        compile_template(added)
    else:
        compile(added, str(block), "exec")


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


@pytest.mark.parametrize("block", [one for one in CONSOLES if "demo_site." in one.text], ids=str)
def test_modules_that_servers_are_given_are_there(block):
    assert [name for name in re.findall(r"\bdemo_site\.[\w.]+", block.text) if not find_spec(name)] == []


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
    options = re.findall(r"(?<![\w-])--[\w-]+", rest)
    missing = [one for one in options if one not in options_of(name)]
    return f"{name} has no {', '.join(missing)}." if missing else ""


@cache
def options_of(name: str) -> frozenset[str]:
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    return frozenset(_options(parser))


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Return the options of a command, and those of the commands within it."""
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _options(inner)


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
