"""A progress bar for commands, shown only where a person looks."""

from __future__ import annotations

from typing import Any, Final

WIDTH: Final = 30


def shown(out: Any, done: int, total: int) -> None:
    """Redraw the bar on a terminal; say nothing to a file or pipe."""
    if not out.isatty() or not total:
        return
    filled = WIDTH * done // total
    out.write(f"\r{'█' * filled}{'░' * (WIDTH - filled)} {done}/{total}", ending="\n" if done >= total else "")
    out.flush()
