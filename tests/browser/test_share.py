"""What the script of the share buttons leaves alone, and what it shows."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from smo_kit.networks.registry import networks_that_can
from tests.browser.kinds import page_of

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
