"""Previews in the admin: they follow what an editor types, save nothing, and work without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kinds import page_of

PAGES = "/admin/smo_core/cardrow/"
TITLES = ".smo-words b:not(.smo-site), .smo-look-quote b:not(.smo-site), .smo-chip"


@pytest.fixture
def form(open_page, demo):
    """Open the form of an article's words in the admin."""

    def open_form(**options) -> Page:
        name, password = demo.account
        page = open_page("/admin/login/?next=/admin/", **options)
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", password)
        page.click("[type=submit]")
        expect(page).to_have_url(re.compile("/admin/$"))
        page.goto(f"{PAGES}?q={demo.get(page_of(demo, 'article', 'en')).meta('og:title')}")
        page.locator("#result_list .field-name a").first.click()
        expect(page.locator("[data-smo-renew]")).to_be_visible()
        return page

    return open_form


@pytest.mark.parametrize("options", [{"width": 1280}, {"width": 360, "dark": True}], ids=["wide", "phone"])
def test_previews_follow_what_is_typed_and_nothing_is_saved(form, options):
    page = form(**options)
    previews = page.locator(".smo-live .smo-preview")
    expect(previews).to_have_count(10)
    before = page.locator(TITLES).first.inner_text()
    page.fill("[name=title]", "Typed just now")
    expect(page.locator(".smo-live").locator(TITLES).filter(has_text="Typed just now")).to_have_count(10)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()
    expect(page.locator(".smo-live .smo-preview")).to_have_count(10)
    assert page.locator(TITLES).first.inner_text() == before


def test_light_and_dark_are_chosen_without_a_script_of_ours(form):
    page = form()
    stage = page.locator(".smo-live .smo-stage").first
    expect(stage).to_be_visible()
    page.check(".smo-live [value=light]")
    light = stage.evaluate("one => getComputedStyle(one).backgroundColor")
    page.check(".smo-live [value=dark]")
    assert stage.evaluate("one => getComputedStyle(one).backgroundColor") != light


def test_without_a_script_a_button_shows_them(form):
    page = form(java_script_enabled=False)
    page.fill("[name=title]", "Typed without a script")
    with page.context.expect_page() as opened:
        page.click("[data-smo-renew] button")
    window = opened.value
    window.wait_for_load_state()
    assert window.locator(".smo-preview").count() == 10
    assert window.locator(TITLES).filter(has_text="Typed without a script").count() == 10
