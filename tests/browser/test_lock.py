"""A lock in the demo, in a real browser: shared, previewed by the network's robot, open; and the other ways."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import eventually
from tests.browser.test_accessibility import AXE, RULES
from tests.browser.test_personal_links import AGENT
from tests.checkers.node import checkers

LOCKED = "/en/articles/checklist-before-publishing/"
BY_DEEDS = "/en/articles/discussion-under-articles/"
BY_DEEDS_RU = "/ru/articles/obsuzhdenie-pod-statyami/"
ANSWERS = "All of them have stood under articles"
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


def test_a_rating_opens_it_by_the_keyboard_alone(open_page):
    page = open_page(BY_DEEDS, width=360)
    lock_of(page).get_by_role("button", name="Rate this page").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/smo/ratings/**")
    tab_to(page, page.get_by_role("button", name="4 of 5"))
    page.keyboard.press("Enter")
    expect(part_of(page)).to_contain_text(ANSWERS)
    expect(part_of(page)).to_be_focused()
    assert page.url.partition("#")[0].endswith(BY_DEEDS)
    page.keyboard.press("Tab")
    expect(part_of(page)).not_to_be_focused()


def test_a_rating_without_script_leads_back_to_the_lock(open_page):
    page = open_page(BY_DEEDS, may_fail=True, java_script_enabled=False)
    lock_of(page).get_by_role("button", name="Rate this page").click()
    page.get_by_role("button", name="4 of 5").click()
    expect(page.locator(".smo-lock-said")).to_have_text("Done.")
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text(ANSWERS)).to_be_visible()


def test_a_comment_that_is_looked_at_first_leads_back_to_the_lock(open_page):
    page = open_page(BY_DEEDS_RU, locale="ru")
    lock_of(page).get_by_role("button", name="Написать комментарий").click()
    page.get_by_label("Комментарий", exact=True).fill("Вычеркнула бы последнюю.")
    page.get_by_label("Ваше имя").fill("Варя")
    page.get_by_label("Ваша почта").fill("varya@example.org")
    page.locator(".smo-comment-form .smo-main").click()
    page.locator(f".smo-back[href*='{quote(BY_DEEDS_RU)}']").last.click()
    expect(lock_of(page).locator(".smo-lock-said")).to_contain_text("Откроется, как только")
    expect(part_of(page)).to_be_empty()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the focus is there."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one == document.activeElement"):
            return
    raise AssertionError("Tab does not come there.")


def axe_finds(page: Page) -> list[object]:
    page.evaluate((checkers() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found: list[object] = page.evaluate(AXE, RULES)["violations"]
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_lock_is_accessible_whatever_its_state(open_page, dark):
    page = open_page("/en/authors/anna/", width=360, dark=dark, bypass_csp=True, may_fail=True)
    own = lock_of(page).get_attribute("data-smo-lock")
    lock_of(page).get_by_role("button", name=re.compile("Wait")).click()
    expect(lock_of(page).locator(".smo-lock-left")).to_be_visible()
    assert axe_finds(page) == [], "it waits"
    expect(part_of(page)).to_contain_text("I paste the link into a chat", timeout=20_000)
    assert axe_finds(page) == [], "it has opened"
    page.goto(own)
    assert axe_finds(page) == [], "its own page"
    page.context.clear_cookies()
    page.goto(own)
    assert axe_finds(page) == [], "its own page, closed"
    page.goto("/smo/lock/forged/")
    assert axe_finds(page) == [], "it is not known"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_lock_is_accessible(open_page, width, dark):
    page = open_page(LOCKED, width=width, dark=dark, bypass_csp=True)
    assert axe_finds(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
