"""Stars under an article: with script and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kinds import page_of
from tests.browser.test_accessibility import AXE, RULES
from tests.checkers.node import checkers


@pytest.fixture(scope="module")
def rated(demo) -> str:
    return page_of(demo, "article", "en")


def star(page: Page, number: int):
    return page.locator(".smo-rate button").nth(number - 1)


def said(page: Page):
    return page.locator(".smo-rate output")


def test_stars_change_in_place_are_known_after_a_reload_and_taken_back(open_page, rated):
    page = open_page(rated)
    star(page, 4).focus()
    page.keyboard.press("Enter")
    expect(said(page)).to_contain_text("You gave 4 of 5")
    expect(star(page, 4)).to_be_focused()
    expect(star(page, 4)).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith(rated)

    page.reload()
    expect(star(page, 4)).to_have_attribute("aria-pressed", "true")
    star(page, 2).click()
    expect(said(page)).to_contain_text("You gave 2 of 5")

    page.wait_for_timeout(700)  # what comes sooner is a double click
    star(page, 2).click()
    expect(said(page)).not_to_contain_text("You gave")
    expect(star(page, 2)).to_have_attribute("aria-pressed", "false")


def test_a_double_click_rates(open_page, rated):
    page = open_page(rated)
    star(page, 5).dblclick()
    expect(said(page)).to_contain_text("You gave 5 of 5")
    page.reload()
    expect(star(page, 5)).to_have_attribute("aria-pressed", "true")


def test_without_script_a_rating_has_a_page_of_its_own(open_page, rated):
    page = open_page(rated, java_script_enabled=False)
    star(page, 3).click()
    expect(page.get_by_role("heading", name="You gave 3 of 5")).to_be_visible()
    page.get_by_role("button", name="Take my rating back").click()
    expect(page.get_by_role("heading", name="Your rating")).to_be_visible()
    page.get_by_role("link", name="Back to the page").click()
    assert page.url.endswith(rated)


def test_when_the_script_gets_no_answer_the_form_is_sent_as_it_is(open_page, rated):
    page = open_page(rated)
    page.evaluate(
        "() => { window.fetch = async () => { document.querySelector('.smo-rate button').value = ''; throw 'away' } }"
    )
    star(page, 1).click()
    expect(page.get_by_role("heading", name="You gave 1 of 5")).to_be_visible()

    page.get_by_role("link", name="Back to the page").click()
    expect(star(page, 1)).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    "storage",
    ["{ get() { throw new DOMException('forbidden') } }", "{ value: new Proxy({}, { set() { throw 'full' } }) }"],
    ids=["forbidden", "full"],
)
def test_without_storage_a_rating_is_given_and_stays(open_page, rated, storage):
    page = open_page(rated)
    page.add_init_script(f"Object.defineProperty(window, 'localStorage', {storage})")
    page.reload()
    star(page, 4).click()
    expect(said(page)).to_contain_text("You gave 4 of 5")
    page.wait_for_timeout(300)
    assert page.url.endswith(rated)
    expect(star(page, 4)).to_have_attribute("aria-pressed", "true")


def test_a_rating_is_known_on_the_page_in_another_language(open_page, rated):
    page = open_page(rated)
    star(page, 4).click()
    expect(said(page)).to_contain_text("You gave 4 of 5")
    page.goto(page.locator("link[hreflang=ru]").get_attribute("href"))
    expect(star(page, 4)).to_have_attribute("aria-pressed", "true")


def test_a_member_is_asked_for_wherever_he_has_rated(open_page, rated):
    page = open_page(rated)
    star(page, 4).click()
    expect(said(page)).to_contain_text("You gave 4 of 5")
    page.evaluate("() => { localStorage.clear(); document.cookie = 'smo_in=1; path=/' }")
    page.reload()
    expect(star(page, 4)).to_have_attribute("aria-pressed", "true")


def open_changed(page: Page, path: str, change) -> None:
    """Open a page as it would be if its template were another."""

    def answer(route) -> None:
        got = route.fetch()
        route.fulfill(response=got, body=change(got.text()))

    page.route(f"**{path}", answer)
    page.goto(path)


def test_a_form_of_the_site_that_has_a_rate_is_left_alone(open_page, rated):
    page = open_page("/en/about/")
    form = '<form class="money" action="/en/about/"><input name="rate" value="7"><button>Change</button></form>'
    open_changed(page, rated, lambda html: html.replace("</main>", f"{form}</main>"))
    page.locator(".money button").click()
    page.wait_for_url("**/en/about/?rate=7")


def test_two_blocks_of_one_page_follow_each_other(open_page, rated):
    page = open_page("/en/about/")
    form = re.compile(r'<form class="smo-rate".*?</form>', re.DOTALL)
    open_changed(page, rated, lambda html: form.sub(r"\g<0>\g<0>", html))
    assert page.locator(".smo-rate").count() == 2
    star(page, 4).click()
    for number in (4, 9):
        expect(star(page, number)).to_have_attribute("aria-pressed", "true")


@pytest.mark.node
@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)], ids=["narrow dark", "wide light"])
def test_axe_finds_nothing_where_one_has_rated(open_page, rated, width, dark):
    page = open_page(rated, width=width, dark=dark, bypass_csp=True)
    star(page, 4).click()
    expect(said(page)).to_contain_text("You gave 4 of 5")
    boxes = [star(page, number).bounding_box() for number in range(1, 6)]
    assert all(min(box["width"], box["height"]) >= 44 for box in boxes)
    page.evaluate((checkers() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate(AXE, RULES)["violations"] == []
