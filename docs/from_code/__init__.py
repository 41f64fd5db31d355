"""A Sphinx extension that writes from the code what would grow stale in a text.

A page says ``<!-- settings -->`` where the list of settings belongs; the other lists likewise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from .api import api_markdown
from .apps import apps_markdown
from .checks import checks_markdown
from .commands import commands_markdown
from .events import events_markdown
from .more import more_markdown
from .networks import networks_markdown
from .permissions import permissions_markdown
from .settings import settings_markdown
from .signals import signals_markdown
from .sweeps import sweeps_markdown
from .tags import tags_markdown
from .templates import templates_markdown

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LISTS: Final[dict[str, Callable[[], str]]] = {
    "api": api_markdown,
    "apps": apps_markdown,
    "checks": checks_markdown,
    "commands": commands_markdown,
    "events": events_markdown,
    "more": more_markdown,
    "networks": networks_markdown,
    "permissions": permissions_markdown,
    "settings": settings_markdown,
    "signals": signals_markdown,
    "sweeps": sweeps_markdown,
    "tags": tags_markdown,
    "templates": templates_markdown,
}


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx what to do with a page that it has read."""
    app.connect("source-read", _fill)
    return {"parallel_read_safe": True}


def filled(text: str) -> str:
    """Return a page with every list that it has a place for."""
    for name, write in LISTS.items():
        place = f"<!-- {name} -->"
        if place in text:
            text = text.replace(place, write())
    return text


def _fill(app: Sphinx, name: str, source: list[str]) -> None:
    source[0] = filled(source[0])
