"""Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.require import CHROMIUM_FLAGS, require


@contextmanager
def launched(*flags: str, **options: Any) -> Iterator[Browser]:
    """Start it; where it is missing the test is skipped by its name, before a driver is started that needs more."""
    path = require("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*CHROMIUM_FLAGS, *flags], **options)
        yield browser
        browser.close()
