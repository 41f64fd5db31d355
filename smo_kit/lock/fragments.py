"""``{% cache %}`` around a lock: a run that looks for what it hides looks through what is kept.

A warm fragment is not rendered, so the lock would not be met; and what is rendered in such a run must not be kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.template import Context
from django.templatetags.cache import CacheNode
from django.utils.safestring import SafeString

from smo_kit.lock.wanted import is_looking


def _looked_through(render: Callable[[CacheNode, Context], Any]) -> Callable[[CacheNode, Context], Any]:
    @wraps(render)
    def rendered(node: CacheNode, context: Context) -> Any:
        looks = is_looking(context.get("request"))
        found: SafeString = node.nodelist.render(context) if looks else render(node, context)
        return found

    return rendered


def look_through_caches() -> None:
    """Teach Django's tag to do so, once."""
    if not hasattr(CacheNode.render, "__wrapped__"):
        CacheNode.render = _looked_through(CacheNode.render)  # type: ignore[method-assign,assignment]
