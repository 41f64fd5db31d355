"""What the script of the share buttons leaves alone, and what it shows."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from smo_kit.networks.registry import networks_that_can
from tests.browser.kinds import page_of

MARGIN = 5
INLINE = ".smo-pass.smo-inline"
(SERVED,) = (one.id for one in networks_that_can("share") if one.share.needs_instance)


@pytest.fixture
def article(demo) -> str:
    return page_of(demo, "article", "en")


def open_panel(page: Page, where: str = INLINE) -> None:
    page.locator(where).first.locator("summary").click()


def test_a_click_with_ctrl_opens_the_plain_link_in_a_tab(open_page, article):
    page = open_page(article)
    page.evaluate("id => localStorage['smo-' + id] = 'mas.to'", SERVED)
    open_panel(page)
    with page.context.expect_page() as tab:
        page.locator(INLINE).first.locator(f"[data-smo-n={SERVED}]").click(modifiers=["Control"])
    expect(tab.value).to_have_url(re.compile(r"/smo/ask/\?p="))


def copied(page: Page, *, works: bool) -> list[str]:
    """Press "Copy" where the browser has no clipboard, and return what was selected then, and each beacon."""
    page.evaluate(
        """works => {
            window.seen = []
            Object.defineProperty(navigator, "clipboard", { value: undefined })
            document.execCommand = (what) => (seen.push(what + " " + document.activeElement.value), works)
            navigator.sendBeacon = (to, said) => seen.push("told " + said.get("n"))
        }""",
        works,
    )
    page.locator(INLINE).first.locator("[data-smo-n=copy]").click()
    return page.evaluate("new Promise((done) => setTimeout(done)).then(() => seen)")


def test_a_copy_works_without_the_clipboard_of_a_safe_page(open_page, demo, article):
    page = open_page(article)
    open_panel(page)
    assert copied(page, works=True) == [f"copy {demo.url}{article}", "told copy"]
    part = page.locator(INLINE).first
    expect(part.get_by_role("status")).to_have_text("Link copied")
    expect(part.locator("[data-smo-n=copy]")).to_be_focused()
    assert part.locator("input").count() == 0


def test_a_copy_that_failed_is_neither_told_nor_counted(open_page, demo, article):
    page = open_page(article)
    open_panel(page)
    assert copied(page, works=False) == [f"copy {demo.url}{article}"]
    assert page.locator(INLINE).first.get_by_role("status").inner_text() == ""
    expect(page).to_have_url(demo.url + article)


def test_a_refused_server_is_not_remembered(open_page, article):
    page = open_page(ask_of(open_page, article), may_fail=True)
    page.locator("input[name=server]").fill("mas.example")
    page.locator(".smo-main").click()
    expect(page.locator(".smo-error")).to_be_visible()
    expect(page.locator("input[name=remember]")).to_be_visible()
    assert page.evaluate("id => localStorage['smo-' + id]", SERVED) is None
    expect(page.locator("input[name=server]")).to_have_value("mas.example")


def test_a_remembered_server_can_be_forgotten(open_page, article):
    page = open_page(ask_of(open_page, article))
    expect(page.locator("input[name=remember]")).to_be_visible()
    expect(page.locator(".smo-known")).to_be_hidden()
    page.evaluate("id => localStorage['smo-' + id] = 'mas.to'", SERVED)
    page.reload()
    expect(page.locator(".smo-known b")).to_have_text("mas.to")
    page.get_by_role("button", name="Forget").click()
    expect(page.locator(".smo-known")).to_be_hidden()
    expect(page.locator("input[name=server]")).to_have_value("")
    assert page.evaluate("id => localStorage['smo-' + id]", SERVED) is None


def ask_of(open_page, article: str) -> str:
    """Return the address where a reader is asked for his server."""
    return open_page(article).locator(INLINE).first.locator(f"[data-smo-n={SERVED}]").get_attribute("href")


def test_a_remembered_server_is_opened_and_the_link_stays(open_page, article):
    page = open_page(article, may_leave=True)
    page.context.route("https://mas.to/**", lambda route: route.fulfill(body="Elsewhere"))
    page.evaluate("id => localStorage['smo-' + id] = 'mas.to'", SERVED)
    open_panel(page)
    link = page.locator(INLINE).first.locator(f"[data-smo-n={SERVED}]")
    href = link.get_attribute("href")
    with page.expect_popup() as popup:
        link.click()
    popup.value.wait_for_url("https://mas.to/share?**")
    assert link.get_attribute("href") == href


def test_escape_closes_the_panel_and_goes_back_to_its_button(open_page, article):
    page = open_page(article)
    open_panel(page)
    part = page.locator(INLINE).first
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(part.locator(".smo-panel")).to_be_hidden()
    expect(part.locator("summary")).to_be_focused()


def test_the_panel_closes_when_the_focus_leaves_it(open_page, article):
    page = open_page(article)
    open_panel(page)
    panel = page.locator(INLINE).first.locator(".smo-panel")
    page.keyboard.press("Tab")
    expect(panel).to_be_visible()
    panel.locator("a:visible, button:visible").last.focus()
    page.keyboard.press("Tab")
    expect(panel).to_be_hidden()


def test_a_click_elsewhere_closes_the_panel(open_page, article):
    page = open_page(article)
    open_panel(page)
    expect(page.locator(INLINE).first.locator(".smo-panel")).to_be_visible()
    page.locator("h1").click()
    expect(page.locator(INLINE).first.locator(".smo-panel")).to_be_hidden()


@pytest.mark.parametrize(("where", "width"), [(INLINE, 360), (".smo-bar", 360), (INLINE, 768), (".smo-rail", 1280)])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_panel_stays_on_the_screen(open_page, demo, where, width, language):
    page = open_page(page_of(demo, "article", language), width=width, height=740)
    if where == ".smo-bar":
        page.locator(".prose > *").nth(6).scroll_into_view_if_needed()
    open_panel(page, where)
    panel = page.locator(where).first.locator(".smo-panel").bounding_box()
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_counts_are_short_numbers_in_the_language_of_the_page(open_page, demo):
    page = open_page(page_of(demo, "article", "ru"))
    page.route("**/smo/numbers/**", lambda route: route.fulfill(body=json.dumps({"copy": 12_345})))
    page.evaluate(
        """async () => {
            document.querySelector(".smo-inline").dataset.smoNumbers = "/smo/numbers/?o=x"
            await import(document.querySelector("script[src*='share/pass']").src.replace(/pass[^/]*$/, "numbers.js"))
        }"""
    )
    copy = page.locator(INLINE).first.locator("[data-smo-n=copy]")
    expect(copy.locator(".smo-count")).to_have_text("12 тыс.")
    assert copy.get_attribute("aria-label").endswith(": 12345")
    assert page.locator(".smo-count").count() == 1
    room = copy.evaluate(
        "one => one.getBoundingClientRect().right - one.lastElementChild.getBoundingClientRect().right"
    )
    assert room >= MARGIN
