"""A reader shares with an address of his own, by the buttons at the side of the page; another comes by it."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page

from smo_kit.networks.registry import networks_that_can
from tests.browser.kinds import page_of

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
RAIL = ".smo-pass.smo-rail"
(SERVED,) = (one.id for one in networks_that_can("share") if one.share.needs_instance)


@pytest.fixture
def article(demo) -> str:
    return page_of(demo, "article", "en")


@pytest.fixture
def reader(open_page, article) -> Page:
    """A reader at the article, for whom every network is a stub."""
    page = open_page(article, may_leave=True, user_agent=AGENT)
    page.context.route(re.compile(r"^https://"), lambda route: route.fulfill(body="Elsewhere"))
    return page


def press(page: Page, network_id: str) -> str:
    """Press a button of the rail; return where its window comes to."""
    rail = page.locator(RAIL)
    link = rail.locator(f"a[data-smo-n={network_id}]")
    if not link.is_visible():
        rail.locator("summary").click()
    with page.expect_popup() as popup:
        link.click()
    popup.value.wait_for_url(re.compile(r"^https://"))
    return unquote(popup.value.url)


def web_network(page: Page) -> str:
    straight = {one.id for one in networks_that_can("share") if one.share.address.startswith("https://")} - {SERVED}
    shown = page.locator(f"{RAIL} a[data-smo-told]").evaluate_all("all => all.map((one) => one.dataset.smoN)")
    return next(one for one in shown if one in straight)


def test_a_press_gives_the_network_a_link_that_leads_back_to_the_page(reader, demo, article, open_page):
    told = []
    reader.on("request", lambda request: told.append(request.post_data or "") if "/smo/seen/" in request.url else None)
    shared = press(reader, web_network(reader))
    link = re.search(r"(/s/[2-9a-z]{17}/)", shared)
    assert link
    assert demo.url + link[1] in shared
    assert [one for one in told if "k=shared" in one] == []
    assert [one["name"] for one in reader.context.cookies()] == ["smo_visitor"]
    friend = open_page(link[1], user_agent=AGENT)
    assert friend.url == demo.url + article
    assert friend.context.cookies() == []


def test_a_server_that_the_browser_remembers_gets_the_personal_link(reader):
    reader.evaluate("id => localStorage['smo-' + id] = 'mas.to'", SERVED)
    shared = press(reader, SERVED)
    assert shared.startswith("https://mas.to/share?")
    assert re.search(r"/s/[2-9a-z]{17}/", shared)


def test_it_works_without_a_script(open_page, article):
    page = open_page(article, may_leave=True, user_agent=AGENT, java_script_enabled=False)
    page.context.route(re.compile(r"^https://"), lambda route: route.fulfill(body="Elsewhere"))
    assert re.search(r"/s/[2-9a-z]{17}/", press(page, web_network_without_script(page)))


def web_network_without_script(page: Page) -> str:
    return page.locator(f"{RAIL} > ul > li > a[data-smo-told][target]").first.get_attribute("data-smo-n")


def test_a_robot_s_press_leaves_no_cookie(open_page, article):
    page = open_page(article, may_leave=True)  # its agent says that nobody looks at it
    page.context.route(re.compile(r"^https://"), lambda route: route.fulfill(body="Elsewhere"))
    assert "/s/" not in press(page, web_network(page))
    assert page.context.cookies() == []
