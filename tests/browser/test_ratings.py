"""Stars under an article: with script and without."""

from __future__ import annotations

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
    page.evaluate("() => { window.fetch = () => new Promise((_, fail) => setTimeout(fail)) }")
    star(page, 1).click()
    expect(page.get_by_role("heading", name="You gave 1 of 5")).to_be_visible()


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
