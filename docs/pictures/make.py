"""Make the pictures of README and docs anew from the demo: ``make pictures``; some: ``make pictures ARGS="mail"``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from docs.pictures import editors, readers  # noqa: E402  # the checkout first
from docs.pictures.names import NAMES  # noqa: E402
from tests.browser.demo import Demo, running_demo  # noqa: E402
from tests.chromium import launched  # noqa: E402

Taker = Callable[[Browser, Demo], None]
PICTURES: Final[tuple[Taker, ...]] = (
    *(readers.article, readers.phone, readers.quote, readers.networks, readers.follow, readers.ratings),
    *(readers.comments, readers.dialog, readers.next_article, readers.best, readers.lock, readers.downloads),
    *(editors.cms, editors.previews, editors.audit, editors.subscribers, editors.desk, editors.sign_in),
    *(editors.share_story, editors.lock_desk, editors.mail, editors.comments_moderation, editors.spam),
    readers.engagement,
)
"""In the order of ``NAMES``: what a picture leaves behind in the demo is right for those after it."""


def main() -> None:
    """Take the pictures whose names are given, all by default."""
    known = dict(zip(NAMES, PICTURES, strict=True))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", nargs="*", choices=[*known, []], help="default: all")
    chosen = parser.parse_args().name or list(known)
    with (
        tempfile.TemporaryDirectory(prefix="smo-kit-") as home,
        running_demo(Path(home) / "demo") as demo,
        launched() as browser,
    ):
        for name, take in known.items():
            if name in chosen:
                take(browser, demo)


if __name__ == "__main__":
    main()
