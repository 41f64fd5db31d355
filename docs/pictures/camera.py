"""What all pictures are taken with: a browser of a reader or an editor, and files that stay small."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.demo import Demo

HERE: Final = Path(__file__).resolve().parent
HEAVIEST: Final = 120_000
"""Bytes of a picture."""
QUALITIES: Final = (82, 74, 66, 58, 50, 42, 34)
READER: Final = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
"""A browser without a window names itself as robots do, and robots are counted nowhere."""


def keep(png: bytes, name: str) -> None:
    """Write a screenshot as JPEG, as good as it can be within the weight."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() < HEAVIEST:
            break
    (HERE / f"{name}.jpg").write_bytes(out.getvalue())


def part(page: Page, selector: str, *, margin: int = 24, above: int = 0, below: int = 0) -> dict[str, float]:
    """Return where an element stands on the whole page, with room around it."""
    box = page.locator(selector).first.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    left, top = max(0, box["x"] - margin), max(0, box["y"] + page.evaluate("scrollY") - margin - above)
    return {
        "x": left,
        "y": top,
        "width": box["width"] + 2 * margin,
        "height": box["height"] + 2 * margin + above + below,
    }


def reader(browser: Browser, demo: Demo, start: str, **options: Any) -> Page:
    """Return a page as somebody sees it who has come for the first time."""
    viewport = options.pop("viewport", {"width": 1000, "height": 900})
    page = browser.new_context(base_url=demo.url, user_agent=READER, viewport=viewport, **options).new_page()
    page.goto(start, wait_until="networkidle")
    return page


def editor(browser: Browser, demo: Demo, start: str, height: int = 800) -> Page:
    """Return a page on which somebody has signed in who may change everything."""
    page = browser.new_context(base_url=demo.url, viewport={"width": 1280, "height": height}).new_page()
    page.goto(f"/accounts/login/?next={start}")
    for field, value in zip(("login", "password"), demo.account, strict=True):
        page.fill(f"[name={field}]", value)
    page.locator("form button").last.click()
    page.wait_for_load_state("networkidle")
    return page
