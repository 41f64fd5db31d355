"""A lock in the demo, in a real browser: shared, previewed by the network's robot, open; and the other ways."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo import eventually
from tests.browser.test_accessibility import AXE, RULES
from tests.browser.test_personal_links import AGENT
from tests.checkers.node import checkers

LOCKED = "/en/articles/checklist-before-publishing/"
HIDDEN = "Nine rarer checks"
SECRET = "These are not for every article"
NETWORK = re.compile("Demo network")


def lock_of(page: Page):
    return page.locator(".smo-lock")


def part_of(page: Page):
    return page.locator(".smo-lock-part")


def shared(page: Page, *, publish: bool = True) -> Page:
    """Go out to the demo's own network by a button of the lock, and publish there."""
    with page.context.expect_page() as opened:
        lock_of(page).get_by_role("link", name=NETWORK).click()
    window = opened.value
    window.wait_for_load_state()
    if publish:
        window.get_by_role("button", name="Publish").click()
        expect(window.get_by_role("heading", name="Your post")).to_be_visible()
    return window


def test_a_share_opens_the_lock_while_the_reader_waits(open_page):
    page = open_page(LOCKED, may_leave=True, user_agent=AGENT)
    assert SECRET not in page.content()
    window = shared(page)
    assert "/s/" in window.locator(".post a").first.get_attribute("href")
    expect(window.locator(".found strong")).to_have_text("A checklist before publishing")
    expect(part_of(page)).to_contain_text(SECRET, timeout=20_000)
    expect(part_of(page)).to_be_focused()
    assert page.url.endswith(LOCKED)
    page.reload()
    expect(part_of(page)).to_contain_text(SECRET)


def test_who_closes_the_window_at_once_waits(open_page):
    page = open_page(LOCKED, may_leave=True, user_agent=AGENT)
    shared(page, publish=False).close()
    expect(lock_of(page).locator(".smo-lock-said")).not_to_be_empty()
    expect(part_of(page)).not_to_contain_text(SECRET)


def test_waiting_opens_it(open_page):
    page = open_page("/en/authors/anna/")
    lock_of(page).get_by_role("button", name=re.compile("Wait")).click()
    expect(part_of(page)).to_contain_text("I paste the link into a chat", timeout=20_000)


def test_the_same_without_script(open_page):
    page = open_page(LOCKED, may_leave=True, may_fail=True, user_agent=AGENT, java_script_enabled=False)
    window = shared(page)
    window.close()
    lock_of(page).get_by_role("link", name="Opened already? Read on here").click()
    again = page.get_by_role("button", name="Open it")
    eventually(lambda: page.reload() and again.is_visible())
    again.click()
    expect(page.get_by_text(SECRET)).to_be_visible()
    page.get_by_role("link", name="Back to the page").click()
    assert page.url.partition("#")[0].endswith(LOCKED)


def test_a_stranger_in_russian_finds_it_closed(open_page):
    page = open_page("/ru/articles/spisok-pered-publikatsiei/", locale="ru")
    expect(lock_of(page)).to_contain_text("Девять проверок пореже")
    assert "Они нужны не каждой статье" not in page.content()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_lock_is_accessible(open_page, width, dark):
    page = open_page(LOCKED, width=width, dark=dark, bypass_csp=True)
    page.evaluate((checkers() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate(AXE, RULES)["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
