"""Make the README's pictures anew from the demo: ``python docs/pictures/make.py``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

HERE: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from tests.browser.demo import running_demo  # noqa: E402  # the checkout first
from tests.require import CHROMIUM_FLAGS, require  # noqa: E402

AUDIT: Final = "/admin/smo_core/audit/"
ARTICLE: Final = "/en/articles/share-buttons-that-help/"
PICTURES: Final = {
    "article": {"viewport": {"width": 1280, "height": 1330}},
    "phone": {
        "viewport": {"width": 390, "height": 812},
        "device_scale_factor": 1.5,
        "is_mobile": True,
        "has_touch": True,
        "color_scheme": "dark",
    },
}
SCROLL: Final = {"article": 0, "phone": 1600}

with (
    tempfile.TemporaryDirectory(prefix="smo-kit-") as home,
    running_demo(Path(home) / "demo") as demo,
    sync_playwright() as playwright,
):
    browser = playwright.chromium.launch(executable_path=require("chromium"), args=CHROMIUM_FLAGS)
    for name, options in PICTURES.items():
        page = browser.new_context(base_url=demo.url, **options).new_page()
        page.goto(ARTICLE, wait_until="networkidle")
        page.evaluate("top => scrollTo({top, behavior: 'instant'})", SCROLL[name])
        if name == "phone":
            page.locator(".smo-bar summary").click()
        page.screenshot(path=HERE / f"{name}.jpg", type="jpeg", quality=82)
    page = browser.new_context(base_url=demo.url, viewport={"width": 1280, "height": 1100}).new_page()
    page.goto(AUDIT)
    page.locator("#id_username").fill("admin")
    page.locator("#id_password").fill("admin")
    page.locator("[type=submit]").click()
    page.locator(".smo-audit-tools form[method=post] input[type=submit]").click()
    page.locator(".smo-audit-whole").wait_for(timeout=60_000)
    page.screenshot(path=HERE / "audit.jpg", type="jpeg", quality=80)
