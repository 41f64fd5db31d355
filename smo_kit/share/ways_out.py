"""Whether a site leads readers through ``/smo/out/``: its share buttons with personal links, or another app's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from smo_kit.share.conf import share_settings

_others: Final[dict[str, Callable[[], bool]]] = {}


def leads_out(app: str, does: Callable[[], bool]) -> None:
    """Say that an app has buttons of its own which lead there; ``does`` tells whether it has any now."""
    _others[app] = does


def is_led_out() -> bool:
    """Say whether any button of this site leads there. It may ask the database."""
    return share_settings().personal or any(does() for does in _others.values())
