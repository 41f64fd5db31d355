"""The pages that the front page names nowhere else, so that none is lost."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).resolve().parents[1]


def more_markdown() -> str:
    """Return a list of contents; "" when every page has its place."""
    front = (DOCS / "index.md").read_text(encoding="utf-8").splitlines()
    names = [page.stem for page in sorted(DOCS.glob("*.md")) if page.stem not in (*front, "index")]
    lines = "\n".join(names)
    return f"```{{toctree}}\n:caption: More\n:maxdepth: 1\n\n{lines}\n```" if names else ""
