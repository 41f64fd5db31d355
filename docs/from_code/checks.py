"""What ``manage.py check`` can say, read from the code: the checks themselves need a site that has the fault."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import smo_kit

from .words import plain, table

SUITE = Path(smo_kit.__file__).parent
ID = re.compile(r"smo_kit\.[EW]\d{3}")
OF_THE_SITE = "The hint says it."
HEADS = ("id", "what it says", "the cure", "why")


@dataclass(frozen=True)
class Fault:
    """One id, as one place in the code reports it."""

    id: str
    says: str
    cure: str
    why: str
    app: str


def checks_markdown() -> str:
    """Return a table of the ids of each app."""
    found: dict[str, dict[str, Fault]] = {}
    for fault in faults():
        found.setdefault(fault.app, {}).setdefault(fault.id, fault)
    return "\n\n".join(f"## `{app}`\n\n{table(HEADS, _rows(ids))}" for app, ids in sorted(found.items()))


def _rows(ids: dict[str, Fault]) -> list[tuple[str, ...]]:
    return [(f"`{one.id}`", one.says, one.cure, one.why) for _, one in sorted(ids.items())]


def faults() -> Iterator[Fault]:
    """Return every fault that a check of the suite can report."""
    whys: dict[str, str] = {}
    met: list[Fault] = []
    for file in sorted(SUITE.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if ID.search(text):
            place = file.relative_to(SUITE.parent).with_suffix("").parts
            for function in ast.walk(ast.parse(text)):
                if isinstance(function, ast.FunctionDef):
                    whys |= _reasons(function)
                    met += _Function(function, vars(import_module(".".join(place)))).faults(".".join(place[:2]))
    for one in met:
        why = whys.get(one.id, "")
        yield replace(one, says=one.says or why, cure=one.cure or OF_THE_SITE, why=why)


def _reasons(function: ast.FunctionDef) -> dict[str, str]:
    """Return what the docstring of a check says of its ids: "W101: no font has Cyrillic; W105: …"."""
    words = plain(ast.get_docstring(function) or "").replace("\n", " ")
    deploy = " Found by `check --deploy`." if _is_for_deploy(function) else ""
    parts = re.split(r"(?:^|[;.] )([EW]\d{3}): ", words)[1:]
    return {
        f"smo_kit.{id_}": said[:1].upper() + said[1:].rstrip(".") + "." + deploy
        for id_, said in zip(parts[::2], parts[1::2], strict=True)
    }


def _is_for_deploy(function: ast.FunctionDef) -> bool:
    return any("deploy=True" in ast.unparse(one) for one in function.decorator_list)


class _Function:
    """A function that makes messages, and what its names may hold."""

    def __init__(self, tree: ast.FunctionDef, module: dict[str, Any]) -> None:
        self.tree = tree
        self.module = module

    def faults(self, app: str) -> Iterator[Fault]:
        """Yield a fault for each id that a call in the function names."""
        for call in ast.walk(self.tree):
            if not isinstance(call, ast.Call):
                continue
            named = {one.arg: one.value for one in call.keywords}
            first = call.args[0] if call.args else None
            for id_ in ID.findall(" ".join(self._texts(named.get("id", first)))):
                says, cure = (first, named.get("hint")) if "id" in named else call.args[-2:]
                yield Fault(id_, " / ".join(self._texts(says)), " / ".join(self._texts(cure)), "", app)

    def _texts(self, node: ast.expr | None) -> list[str]:
        """Return the texts that an expression may be, with "…" for what only a site knows."""
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.JoinedStr(values=values):
                return ["".join(map(self._piece, values))]
            case ast.IfExp(body=body, orelse=other):
                return [*self._texts(body), *self._texts(other)]
            case ast.Name(id=name):
                return self._texts(self._assigned(name, node.lineno))
            case ast.Dict(values=values):
                return [text for value in values for text in self._texts(value)]
            case ast.Subscript(value=value):
                return self._texts(value)
            case ast.BinOp(left=left, op=ast.Mod()):
                return [re.sub(r"%\(\w+\)[sd]", "…", text) for text in self._texts(left)]
            case ast.Call(func=ast.Name(id="_"), args=[inside, *_]):
                return self._texts(inside)
        return []

    def _piece(self, part: ast.expr) -> str:
        """Return a part of an f-string: a constant of the module as it is, "…" for what only a site knows."""
        if isinstance(part, ast.Constant):
            return str(part.value)
        value = getattr(part, "value", None)
        known = isinstance(value, ast.Name) and value.id.isupper() and self.module.get(value.id)
        return str(known or "…")

    def _assigned(self, name: str, line: int) -> ast.expr | None:
        """Return what was last assigned to a name before a line; None for what is no local name."""
        found: dict[int, ast.expr] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Assign) and node.lineno < line:
                for target, value in _pairs(node):
                    if isinstance(target, ast.Name) and target.id == name:
                        found[node.lineno] = value
        return found[max(found)] if found else None


def _pairs(node: ast.Assign) -> list[tuple[ast.expr, ast.expr]]:
    """Return each target of an assignment with what it gets, also of ``a, b = x, y``."""
    pairs: list[tuple[ast.expr, ast.expr]] = []
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs += zip(target.elts, node.value.elts, strict=True)
        else:
            pairs.append((target, node.value))
    return pairs
