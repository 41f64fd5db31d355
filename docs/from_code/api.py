"""The modules that a site may import: those of the table of points of contact, and those of the public contract."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1]
ARCHITECTURE = DOCS / "architecture.md"
IMPORT = re.compile(r"(?m)^from (smo_kit[\w.]*) import ([\w, ]+)$")
STAYS = {
    "smo_kit.core.cards": ("Card", "register", "card_for", "cards_for"),
    "smo_kit.core.subjects": ("Key", "key_of"),
    "smo_kit.networks.network": ("Network", "ShareLink", "Follow"),
    "smo_kit.networks.registry": (
        *("all_networks", "dead_networks", "network", "networks_that_can", "network_of", "preview_network"),
    ),
    "smo_kit.engagement.services": ("record",),
    "smo_kit.spam.services": ("Submission", "Signal", "Verdict", "judge", "learn"),
    "smo_kit.best.similarity": ("RelatedIndex", "Document"),
}
"""What is promised by name: see docs/upgrade.md."""


def contacts() -> list[str]:
    """Return the modules in the first column of the table of points of contact in ``architecture.md``."""
    table = ARCHITECTURE.read_text(encoding="utf-8").partition("## Points of contact")[2].partition("\n## ")[0]
    firsts = re.findall(r"(?m)^\| (`.*?) \|", table)
    names = [name for first in firsts for name in re.findall(r"`([\w.]+)`", first)]
    return sorted({_module(f"smo_kit.{name}") for name in names})


def shown() -> dict[str, list[str]]:
    """Return what the code in the pages imports besides, by module: names of the suite that a site is taught."""
    found: dict[str, set[str]] = {}
    told = {*contacts()} - STAYS.keys()
    for page in sorted(DOCS.rglob("*.md")):
        for module, names in IMPORT.findall(page.read_text(encoding="utf-8")):
            if module not in told:
                found.setdefault(module, set()).update(one.split(" as ")[0].strip() for one in names.split(","))
    missing = {module: sorted(names - set(STAYS.get(module, ()))) for module, names in sorted(found.items())}
    return {module: names for module, names in missing.items() if names}


def api_markdown() -> str:
    """Return what autodoc is to read."""
    return "\n\n".join(_parts())


def _parts() -> Iterator[str]:
    yield "## What stays"
    for module, names in STAYS.items():
        yield f"### `{module}`"
        yield _rst(f".. automodule:: {module}\n   :members: {', '.join(names)}\n   :member-order: bysource")
    yield "## Points of contact"
    for module in contacts():
        if module not in STAYS:
            yield f"### `{module}`"
            yield _rst(f".. automodule:: {module}\n   :members:\n   :member-order: bysource")
    yield "## What the pages show"
    for module, used in shown().items():
        yield f"### `{module}`"
        yield _rst("\n\n".join(_directive(module, name) for name in used))


def _directive(module: str, name: str) -> str:
    thing = getattr(import_module(module), name)
    if inspect.isclass(thing):
        options = ":members:\n   :exclude-members: DoesNotExist, MultipleObjectsReturned\n   :member-order: bysource"
        return f".. autoclass:: {module}.{name}\n   {options}"
    return f".. {'autofunction' if callable(thing) else 'autodata'}:: {module}.{name}"


def _rst(text: str) -> str:
    return f"```{{eval-rst}}\n{text}\n```"


def _module(name: str) -> str:
    """Return the module that a dotted name is, or is in. Raises ValueError for a name of nothing."""
    while name:
        try:
            if find_spec(name):
                return name
        except ModuleNotFoundError:
            pass
        name = name.rpartition(".")[0]
    raise ValueError("docs/architecture.md names a point of contact that there is not.")
