"""Blocks in which others stand: what a reader is sent instead of those. The app of each says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from django.http import HttpRequest

from smo_kit.contrib.cms.models import BlockPlugin
from smo_kit.core.blocks import Block
from smo_kit.core.events import event, event_logger

logger = event_logger(__name__)


@dataclass(frozen=True, slots=True)
class Front:
    """What stands on the page: the same for every reader."""

    html: str = ""
    """Safe HTML."""
    is_open: bool = False
    """True: what it holds is sent with the page."""
    seconds: int | None = None
    """For how long this is so; None: until somebody changes it."""


FrontOf: TypeAlias = Callable[[HttpRequest, BlockPlugin], Front]

_fronts: Final[dict[str, FrontOf]] = {}
CLOSED: Final = Front()


def shows_front(name: str, front: FrontOf) -> None:
    """Say what stands on the page for blocks of one name."""
    _fronts[name] = front


def front_of(block: Block, request: HttpRequest | None, plugin: BlockPlugin) -> Front:
    """Return what stands on the page for a block. Where nobody can say it, what it holds stays hidden.

    The request remembers it: a page asks when it is rendered, and then for how long that may be kept.
    """
    front = _fronts.get(block.name)
    if front is None or request is None or not block.is_on:
        return CLOSED
    known: dict[int, Front] = request.__dict__.setdefault("_smo_cms_fronts", {})
    if plugin.pk not in known:
        known[plugin.pk] = _shown(block, front, request, plugin)
    return known[plugin.pk]


def _shown(block: Block, front: FrontOf, request: HttpRequest, plugin: BlockPlugin) -> Front:
    try:
        return front(request, plugin)
    except Exception:
        logger.exception(
            "The block %s of a page can't be shown, so what it holds is left out.",
            block.name,
            extra=event("cms.block_failed", block=block.name),
        )
        return Front(seconds=0)
