"""Blocks: what an editor puts on a page by hand. A bridge to a CMS makes a plugin of each.

An app lists its own in ``blocks.py``::

    BLOCKS = [Block(name="share", label=_("Share buttons"), help=_("…"), app="smo_kit.share", tag="smo_share",
                    settings=share_settings, names=("networks", "look"))]

A block is a tag with options, so it can do what a template of the site can, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.template import Context, Engine, Template, engines
from django.utils.safestring import SafeString

from smo_kit.core.discovery import load_modules
from smo_kit.core.events import event, event_logger
from smo_kit.core.settings import AppSettings, Editing

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

logger = event_logger(__name__)

WITHIN: Final = "smo_within"
"""Name in the context of what the block is kept with: see ``render_block``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A tag that an editor can place, with those of its options that he may choose."""

    name: str
    """Unique, and never changed: it is kept with the pages."""
    label: str | _StrPromise
    help: str | _StrPromise
    app: str
    """Module of the app that must be installed for it."""
    tag: str
    settings: AppSettings[Any] | None = None
    """Where labels, types and defaults of the options are declared."""
    names: tuple[str, ...] = ()
    """Which of the editable settings are options of the block; what an editor leaves empty is as the site has it."""
    rare: tuple[str, ...] = ()
    """Of ``names`` those that few editors change: a form shows them when it is asked to."""
    body: str = ""
    """Name of the option that is the text between the tag and its end; "": the tag has none."""
    fixed: tuple[tuple[str, str], ...] = ()
    """Options, each with its value, that make the block what it is: no editor changes them."""
    own: tuple[tuple[str, Editing], ...] = ()
    """Of ``names`` those that are no settings but words of the block itself, such as its name."""
    drawn: str = ""
    """Name of the option that is drawn when an editor adds the block and leaves it empty; "": none."""
    holds: bool = False
    """Whether other blocks stand inside of it. What readers are shown of those is for the bridge and its app to say."""

    @property
    def is_on(self) -> bool:
        """Whether its app is installed."""
        return apps.is_installed(self.app)

    @property
    def options(self) -> dict[str, Editing]:
        """How an editor sees each option."""
        known = {**(self.settings.editable if self.settings else {}), **dict(self.own)}
        return {name: known[name] for name in self.names}


@cache
def all_blocks() -> dict[str, Block]:
    """Return the blocks of every app of the suite by name, whether the app is installed or not."""
    return {block.name: block for module in load_modules("blocks", installed=False) for block in module.BLOCKS}


def render_block(
    block: Block, options: Mapping[str, Any], context: Mapping[str, Any], *, within: object = None
) -> SafeString:
    """Return the HTML of a block for a page: "" when its app is not installed. Never raises; the log says why.

    ``within``: a name of the part of the page that a bridge keeps as a whole; blocks know only of others in it.
    """
    if not block.is_on:
        return SafeString("")
    names = set(block.names) - {block.body}
    chosen = {name: value for name, value in options.items() if name in names and value not in (None, "", [])}
    chosen.update(block.fixed)
    try:
        template = _template(block, tuple(sorted(chosen)))
        inside = {"options": chosen, "body": options.get(block.body, ""), WITHIN: within}
        return template.render(Context({**_flat(context), **inside}))
    except Exception:
        logger.exception(
            "The block %s of a page can't be shown, so it is left out.",
            block.name,
            extra=event("core.block_failed", block=block.name),
        )
        return SafeString("")


@cache
def _template(block: Block, names: tuple[str, ...]) -> Template:
    options = "".join(f" {name}=options.{name}" for name in names)
    end = f"{{{{ body }}}}{{% end{block.tag} %}}" if block.body else ""
    return Template(f"{{% load smo %}}{{% {block.tag}{options} %}}{end}", engine=_engine())


def _engine() -> Engine:
    """Return the site's engine that knows our tags."""
    found = (one.engine for one in engines.all() if hasattr(one, "engine") and isinstance(one.engine, Engine))
    return next(found)


def _flat(context: Mapping[str, Any]) -> dict[str, Any]:
    flatten = getattr(context, "flatten", None)
    return dict(flatten() if flatten else context)
