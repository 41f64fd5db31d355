"""Strings that make a regular expression work hard: each part of it over and over, behind what comes before it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import re._constants as c
import re._parser as parser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import regex

import smo_kit
from smo_kit.networks.registry import all_networks
from smo_kit.spam.phrases import PHRASES
from smo_kit.spam.rules.words import pattern_of

KINDS = (re.Pattern, type(regex.compile("a")))
REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}
OF_CATEGORY = {c.CATEGORY_DIGIT: "0", c.CATEGORY_SPACE: " ", c.CATEGORY_NOT_WORD: " "}
COMMON = " a0<&/.-@\n\"'"


def patterns() -> dict[str, Any]:
    """Return every pattern that a module of the suite keeps, by its name; the same one once."""
    found: dict[tuple[str, int], tuple[str, Any]] = {}
    for one in pkgutil.walk_packages(smo_kit.__path__, "smo_kit."):
        if ".migrations." not in one.name:
            for name, value in vars(importlib.import_module(one.name)).items():
                for place, pattern in _within(value, f"{one.name}.{name}"):
                    found.setdefault((pattern.pattern, pattern.flags), (place, pattern))
    return dict(found.values())


def written() -> dict[str, Any]:
    """Return every pattern that stands as a word in a call of ``re`` or ``regex``, or as a name of its module."""
    found: dict[str, Any] = {}
    for one in pkgutil.walk_packages(smo_kit.__path__, "smo_kit."):
        module = importlib.import_module(one.name)
        for call in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and (words := _pattern_of(call, module)) is not None:
                asked = ast.unparse(call.func)
                name = f"{one.name}:{call.lineno}.{asked.partition('.')[2]}"
                found[name] = {"re": re, "regex": regex}[asked.partition(".")[0]].compile(words, _flags_of(call))
    return found


def _pattern_of(call: ast.Call, module: Any) -> str | None:
    is_asked = re.fullmatch(r"(re|regex)\.(?!compile|escape)[a-z]+", ast.unparse(call.func))
    if not is_asked or not call.args:
        return None
    first = call.args[0]
    value = vars(module).get(first.id) if isinstance(first, ast.Name) else getattr(first, "value", None)
    return value if isinstance(value, str) else None


def _flags_of(call: ast.Call) -> int:
    said = re.findall(r"\bre\.([A-Z]+)\b", ast.unparse(call))
    return sum(int(getattr(re, one)) for one in said)


def told() -> dict[str, Any]:
    """Return the patterns that are told as data: by the records of networks, and the phrases of advertising."""
    found: dict[str, Any] = {}
    for one in all_networks():
        if one.follow:
            found[f"{one.id}.handle.fullmatch"] = re.compile(one.follow.handle)
        for number, widget in enumerate(one.widgets):
            found[f"{one.id}.widget[{number}].fullmatch"] = re.compile(widget.pattern)
        for number, agent in enumerate(one.crawler.agents if one.crawler else ()):
            found[f"{one.id}.agent[{number}]"] = re.compile(agent, re.IGNORECASE)
    return found | {f"phrases[{number}]": pattern_of(words) for number, (_weight, words) in enumerate(PHRASES)}


def _within(value: Any, name: str, depth: int = 0) -> Iterator[tuple[str, Any]]:
    if isinstance(value, KINDS):
        yield name, value
    elif depth < 3 and isinstance(value, dict):
        for key, each in value.items():
            yield from _within(each, f"{name}[{key!r}]", depth + 1)
    elif depth < 3 and isinstance(value, tuple | list | set | frozenset):
        for number, each in enumerate(value):
            yield from _within(each, f"{name}[{number}]", depth + 1)


def pumped(pattern: Any, length: int) -> set[str]:
    """Return strings of about this length."""
    pairs = {("", one) for one in COMMON}
    if isinstance(pattern, re.Pattern):
        pairs |= set(_parts(parser.parse(pattern.pattern, pattern.flags)))
    return {before + part * (length // len(part)) + end for before, part in pairs for end in ("", "\0")}


def _parts(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for op, arg in items:
        made = _sample([(op, arg)])
        if made:
            yield before, made
        for inner in _inside(op, arg):
            yield from _parts(inner, before)
        before += made
        if before:
            yield "", before[:60]


def _inside(op: Any, arg: Any) -> list[Any]:
    if op is c.BRANCH:
        return list(arg[1])
    if op is c.SUBPATTERN:
        return [arg[3]]
    if op in REPEATS:
        return [arg[2]]
    return [arg[1]] if op in {c.ASSERT, c.ASSERT_NOT} else []


def _sample(items: Any) -> str:
    return "".join(map(_matched, items))


def _matched(item: Any) -> str:
    op, arg = item
    if op is c.LITERAL:
        return chr(arg)
    if op in {c.NOT_LITERAL, c.ANY}:
        return "a"
    if op is c.IN:
        return _of_class(arg)
    if op in {c.ASSERT, c.ASSERT_NOT}:
        return ""
    inner = _inside(op, arg)
    return _sample(inner[0]) * (max(1, arg[0]) if op in REPEATS else 1) if inner else ""


def _of_class(arg: Any) -> str:
    op, first = arg[0]
    if op is c.NEGATE:
        return next((one for one in "a 0-./<>&;x" if (c.LITERAL, ord(one)) not in arg), "☃")
    return chr(first) if op is c.LITERAL else chr(first[0]) if op is c.RANGE else OF_CATEGORY.get(first, "a")
