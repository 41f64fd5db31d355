"""Who is no reader: robots, and browsers that fetch a page before anybody asked for it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from django.http import HttpRequest

from smo_kit.networks.registry import preview_network

# Every browser's User-Agent starts like this; most robots' don't.
_BROWSER: Final = ("Mozilla/5.0 (", "Opera/")
_ROBOT: Final = re.compile(
    r"""
    (?<!cu)bot                                  # CUBOT makes phones
    | crawl | spider | slurp | scrap | fetch | scan | preview | prerender
    | headless | lighthouse | pingdom | gtmetrix | archiv | monitor | inspect | synthetic | validat | check | agent\b
    | https?: | \[at\] | \w\.(?:com|net|org|io)\b # where to complain
    | \(java\) | compatible;(?!\ MSIE)          # only Internet Explorer was "compatible" and no robot
    """,
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(maxsize=1024)
def is_robot(user_agent: str) -> bool:
    """Say whether this User-Agent is a robot's: one that says so, or a network's that previews links."""
    if not user_agent.lstrip('"').startswith(_BROWSER) or _ROBOT.search(user_agent):
        return True
    return preview_network(user_agent) is not None


def is_early(request: HttpRequest) -> bool:
    """Say whether a browser fetches this in advance (Sec-Purpose; Purpose and X-Purpose of old ones, X-Moz)."""
    said = " ".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    return "pre" in said  # prefetch, prerender, preview
