"""An editor at work: she signs in, puts a block on a page, says what networks show, publishes; a reader sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.demo import Demo

MODAL = ".cms-modal-frame iframe"
MINE = "main .smo-pass.smo-names"
"""The block of the test: those that are there have icons."""


@pytest.fixture
def editor(open_page, demo: Demo) -> Page:
    """Somebody who looks at the draft of a page. The CMS has an inline handler that the policy refuses."""
    name, password = demo.account
    page = open_page("/accounts/login/?next=/en/about/", may_fail=True, width=1280, height=900)
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.locator("form button").last.click()
    page.wait_for_url("**/en/about/")
    page.locator("a.cms-versioning-js-edit-btn, a.cms-btn-action:has-text('Edit')").first.click()
    page.wait_for_url("**/edit/**")
    return page


def menu(page: Page, item: str) -> None:
    page.locator(".cms-toolbar-item-navigation a:has-text('Sharing')").first.click()
    page.locator(f".cms-toolbar-item-navigation a:has-text('{item}')").click()


def form_with(page: Page, field: str) -> FrameLocator:
    form = page.frame_locator(MODAL)
    form.locator(field).wait_for()
    return form


def save(page: Page) -> None:
    page.locator(".cms-modal-buttons .cms-btn-action").first.click()
    page.locator(".cms-modal").wait_for(state="hidden")


def add(page: Page, plugin: str, to: Locator) -> None:
    """Choose a plugin in the dialog of a slot or of a plugin on the structure board, so that its form opens."""
    to.locator(".cms-submenu-add").first.click()
    page.locator(f".cms-modal .cms-submenu-item a[href='{plugin}']").first.click()


@pytest.fixture
def board(editor: Page) -> Locator:
    """The last slot of the structure board."""
    editor.locator(".cms-toolbar-item-cms-mode-switcher a").click()
    editor.wait_for_selector(".cms-structure", state="visible")
    return editor.locator(".cms-dragarea").last


def test_an_editor_hides_a_part_and_a_reader_opens_it(editor: Page, board: Locator, open_page, demo: Demo):
    add(editor, "SmoLockPlugin", board.locator(".cms-dragbar"))
    form = form_with(editor, "#id_smo_title")
    form.locator("#id_smo_title").fill("For the patient")
    form.locator("[name=smo_ways-wait]").fill("1")
    form.locator("#id_smo_wait_seconds").fill("1")
    expect(form.locator("#id_smo_days")).to_be_hidden()
    form.get_by_text("More", exact=True).click()
    form.locator("#id_smo_days").fill("3")
    save(editor)

    add(editor, "TextPlugin", board.locator(".cms-dragitem", has_text="For the patient"))
    text = form_with(editor, "[contenteditable=true]").locator("[contenteditable=true]").first
    text.fill("The soup needs an hour more.")
    save(editor)
    expect(editor.locator(".smo-holding", has_text="The soup needs")).to_contain_text("Only editors see here")
    editor.locator("a.cms-versioning-js-publish-btn").click()
    editor.wait_for_url(lambda url: "/edit/" not in url)

    assert "The soup needs" not in demo.get("/en/about/").text
    reader = open_page("/en/about/")
    lock = reader.locator(".smo-lock", has_text="For the patient")
    lock.get_by_role("button", name="Wait 1 second").click()
    opened = reader.locator(".smo-lock-part", has_text="The soup needs an hour more.")
    expect(opened).to_be_visible(timeout=20_000)


def test_an_editor_composes_a_page_and_readers_see_it(editor: Page, board: Locator, open_page, demo: Demo):
    add(editor, "SmoSharePlugin", board.locator(".cms-dragbar"))
    form = form_with(editor, "#id_smo_limit")
    form.locator("[name=smo_networks-mastodon]").fill("1")
    form.locator("[name=smo_networks-bluesky]").fill("2")
    form.locator("#id_smo_limit").fill("0")
    form.locator("#id_smo_look").select_option("names")
    save(editor)
    expect(editor.locator(MINE)).to_have_count(1)  # at once, without another load of the page

    menu(editor, "Share settings")
    form = form_with(editor, "#id_title")
    form.locator("#id_title").fill("Who makes Shareworthy")
    save(editor)
    assert demo.get("/en/about/").meta("og:title") != "Who makes Shareworthy"

    editor.locator("a.cms-versioning-js-publish-btn").click()
    editor.wait_for_url(lambda url: "/edit/" not in url)
    reader = open_page("/en/about/")
    shown = reader.locator(f"{MINE} .smo-buttons > li .smo-name")
    assert shown.all_inner_texts()[:2] == ["Mastodon", "Bluesky"]
    assert demo.get("/en/about/").meta("og:title") == "Who makes Shareworthy"
    assert not reader.context.cookies()
    assert reader.locator(".cms-toolbar").count() == 0


def test_the_preview_of_a_draft_opens_over_the_page(editor: Page):
    menu(editor, "Preview in networks")
    expect(editor.frame_locator(MODAL).locator("body")).to_contain_text("Shareworthy")


def test_saving_and_deleting_share_settings_closes_their_window_and_breaks_nothing(editor: Page, errors: list[str]):
    menu(editor, "Share settings")
    form_with(editor, "#id_title").locator("#id_title").fill("Once")
    save(editor)
    menu(editor, "Share settings")
    form = form_with(editor, "#id_title")
    expect(form.locator("#id_title")).to_have_value("Once")
    form.locator("#id_title").fill("Twice")
    save(editor)
    menu(editor, "Share settings")
    form_with(editor, "#id_title")
    editor.locator(".cms-modal-buttons .cms-btn-caution").click()
    editor.frame_locator(MODAL).locator(".delete-confirmation form").wait_for()
    editor.locator(".cms-modal-buttons .cms-btn-caution").first.click()
    editor.locator(".cms-modal").wait_for(state="hidden")
    menu(editor, "Share settings")
    expect(form_with(editor, "#id_title").locator("#id_title")).to_have_value("")
    assert errors == []


@pytest.fixture
def errors(editor: Page) -> list[str]:
    """What scripts of the page and of its windows complain of. Refusals of the policy are no matter of scripts."""
    found: list[str] = []
    editor.context.on("weberror", lambda one: found.append(str(one.error)))
    editor.context.on(
        "console",
        lambda one: found.append(one.text) if one.type == "error" and "Content Security" not in one.text else None,
    )
    return found
