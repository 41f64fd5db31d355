"""A page with a lock behind nginx with a cache: the same bytes for all, right for who has opened it and who has not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo import Demo
from tests.browser.test_lock import LOCKED, SECRET, part_of
from tests.nginx import got, running_nginx

KEPT = """
      proxy_cache pages;
      proxy_cache_key $uri$is_args$args;
      add_header X-Kept $upstream_cache_status always;
"""


@pytest.fixture(scope="module")
def cached(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    home = tmp_path_factory.mktemp("nginx") / "home"
    with running_nginx(home, demo.url, of_pages=KEPT) as url:
        yield url, home


@pytest.fixture
def opened(cached: tuple[str, Path], chromium: Browser) -> Iterator[Page]:
    """A reader who has opened the lock by waiting."""
    context = chromium.new_context(base_url=cached[0])
    page = context.new_page()
    page.goto(LOCKED)
    page.locator(".smo-lock").get_by_role("button", name="wait").click()
    expect(part_of(page)).to_contain_text(SECRET, timeout=60_000)
    yield page
    context.close()


def test_the_page_is_kept_and_right_for_both(cached, opened, chromium):
    url, home = cached
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in opened.context.cookies())
    got(url, LOCKED)  # the browser's own was compressed
    first, second = got(url, LOCKED), got(url, LOCKED, cookies)
    assert (first[0], first[1]["x-kept"], second[1]["x-kept"]) == (200, "HIT", "HIT")
    assert first[2] == second[2]
    assert "set-cookie" not in first[1]

    opened.reload()
    expect(part_of(opened)).to_contain_text(SECRET)
    stranger = chromium.new_context(base_url=url)
    page = stranger.new_page()
    page.goto(LOCKED)
    expect(page.locator(".smo-lock")).to_be_visible()
    assert SECRET not in page.content()
    stranger.close()

    show = opened.locator(".smo-lock").get_attribute("data-smo-lock")
    for _ in range(2):
        status, headers, body = got(url, show, cookies)
        assert (status, headers["x-kept"], SECRET in body.decode()) == (200, "MISS", True)
        status, headers, body = got(url, show)
        assert (status, SECRET in body.decode()) == (403, False)
    assert not [one for one in (home / "kept").rglob("*") if one.is_file() and SECRET.encode() in one.read_bytes()]
