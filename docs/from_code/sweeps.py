"""What ``smo_sync`` throws away or brings up to date, of each app."""

from __future__ import annotations

import re

from smo_kit.core import sweeps
from smo_kit.core.discovery import load_modules

from .words import plain, table


def sweeps_markdown() -> str:
    """Return a table of what is swept. A sweep that needs no words has them in its name."""
    load_modules("sweeps")
    ours = {name: one for name, one in sorted(sweeps._sweeps.items()) if one.__module__.startswith("smo_kit.")}
    rows = [(name, f"`{one.__module__.split('.')[1]}`", _first(one.__doc__ or "")) for name, one in ours.items()]
    return table(("in its report", "app", "what it does"), rows)


def _first(words: str) -> str:
    """Return what a sweep does, without what it returns: that is for who writes one."""
    first = plain(words).partition("\n\n")[0]
    return re.sub(r"[;,] (?:and )?return how (?:many|much)[^.]*", "", first)
