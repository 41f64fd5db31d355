"""What a page loads of ours: script and style, gzipped."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Final

from benchmarks import Row

SUITE: Final = Path(__file__).parents[1] / "smo_kit"
KB: Final = 1000
BUDGETS: Final = {
    "share, follow, beacon": (("core/buttons.css", "share/pass.js", "engagement/seen.js"), 2.5),
    "selection, windows: script": (("share/pick.js", "follow/window.js"), 1.1),
    "sign-in": (("login/login.css", "login/login.js"), 0.6),
    "rating": (("ratings/ratings.css", "ratings/ratings.js"), 0.52),
    "lock": (("lock/lock.css", "lock/lock.js"), 1.4),
    "best": (("best/best.css", "best/best.js"), 1.0),
    "quotes, windows: style": (("share/parts.css", "follow/window.css"), 1.0),
}
"""Files that pages load together, and what they may weigh in kB; docs/architecture.md says where the plan was less."""
OWN_PAGES: Final = ("admin.css", "page.css", "own.css", "own.js")
"""For pages of the suite itself and the admin, not for pages of the site."""


def run() -> list[Row]:
    """Weigh what is promised together, then each file by itself."""
    rows = [_together(name, files, limit) for name, (files, limit) in BUDGETS.items()]
    return rows + [Row(name=f"wire: {_short(file)}", value=_weight(file), unit="kB gzip") for file in _others()]


def _together(name: str, files: tuple[str, ...], limit: float) -> Row:
    weights = {file: _weight(_path(file)) for file in files if _path(file).exists()}
    missing = set(files) - set(weights)
    return Row(
        name=f"wire: {name}",
        value=sum(weights.values()),
        unit="kB gzip",
        bar=f"≤ {limit} kB",
        holds=sum(weights.values()) <= limit and not missing,
        note=f"missing: {', '.join(sorted(missing))}" if missing else "",
    )


def _path(file: str) -> Path:
    app, name = file.split("/")
    return SUITE / app / "static" / "smo_kit" / app / name


def _others() -> list[Path]:
    files = sorted(file for kind in ("js", "css") for file in SUITE.glob(f"*/static/smo_kit/*/*.{kind}"))
    return [file for file in files if file.name not in OWN_PAGES]


def _short(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _weight(file: Path) -> float:
    return len(gzip.compress(file.read_bytes(), 9, mtime=0)) / KB
