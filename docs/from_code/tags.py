"""The tags of ``{% load smo %}``: how each is written, what it does, its options."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from smo_kit.core.settings import AppSettings
from smo_kit.core.templatetags.smo import TAGS

from .settings import default_of, field_docs, values_of
from .words import plain, table

HEADS = ("option", "default", "what it says")


def tags_markdown() -> str:
    """Return a section for each app that has tags."""
    return "\n\n".join(part for app, names in TAGS.items() for part in _app(app, names))


def _app(app: str, names: tuple[str, ...]) -> Iterator[str]:
    library = import_module(f"{app}.tags").register
    yield f"## `{app}`"
    for name in names:
        yield from _tag(name, inspect.unwrap(library.tags[name]))
    for name, function in library.filters.items():
        yield f"### `|{name}`\n\n{plain(inspect.unwrap(function).__doc__ or '')}"


def _tag(name: str, function: Callable[..., Any]) -> Iterator[str]:
    yield f"### `{{% {name} %}}`"
    if usage := _usage(name, function):
        yield f"```text\n{usage}\n```"
    yield plain(function.__doc__ or "")
    yield from _options(name, sys.modules[function.__module__])


def _usage(name: str, function: Callable[..., Any]) -> str:
    """Return how a tag is written; "" for one that reads its arguments itself, and says so in its docstring."""
    given = [one for one in inspect.signature(function).parameters.values() if one.name not in ("context", "content")]
    if [one.name for one in given] == ["parser", "token"]:
        return ""
    words = "".join(f" {_argument(one)}" for one in given)
    end = f" … {{% end{name} %}}" if "content" in inspect.signature(function).parameters else ""
    return f"{{% {name}{words} %}}{end}"


def _argument(one: inspect.Parameter) -> str:
    if one.kind is one.VAR_KEYWORD:
        return "[option=value …]"
    return one.name if one.default is one.empty else f"[{one.name}]"


def _options(tag: str, module: ModuleType) -> Iterator[str]:
    """Return the options that the module of a tag reads by ``with_options`` or ``right_options``."""
    known = vars(module)
    for call in ast.walk(ast.parse(inspect.getsource(module))):
        if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in ("with_options", "right_options"):
            continue
        named = {one.arg: one.value for one in call.keywords}
        if _value(named["tag"], known) == tag:
            yield _table(_value(call.args[0], known), _value(call.args[2], known))


def _value(node: ast.expr, known: dict[str, Any]) -> Any:
    return eval(ast.unparse(node), known)  # noqa: S307  # our own code, while documentation is built


def _table(app: AppSettings[Any], names: tuple[str, ...]) -> str:
    docs = field_docs(app.conf)
    rows = []
    for name in names:
        editing = app.editable.get(name)
        words = f"{editing.label}. {editing.help}" if editing else docs.get(name, "")
        words = " ".join(filter(None, (words, values_of(app, name))))
        rows.append((f"`{name}`", f"`{default_of(app.fields[name])!r}`", words))
    return table(HEADS, rows)


def filter_names() -> list[str]:
    """Return the names of all filters of the suite."""
    return [name for app in TAGS for name in import_module(f"{app}.tags").register.filters]
