"""A reader's way through the magazine: reads, shares, saves; with mouse, thumb, keyboard, or no script at all."""

from __future__ import annotations

import re
import sqlite3
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from smo_kit.networks.registry import networks_that_can
from tests.browser.demo import Demo, eventually
from tests.browser.kinds import LANGUAGES, PUBLIC, page_of

INLINE = ".smo-pass.smo-inline"
RAIL = ".smo-pass.smo-rail"
BAR = ".smo-pass.smo-bar"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/604.1"


def shares_of(page: Page, where: str = INLINE) -> dict[str, str]:
    """Return the address behind each share button by its network."""
    links = page.locator(where).first.locator("a[data-smo-n]")
    return dict(links.evaluate_all("all => all.map(one => [one.dataset.smoN, one.href])"))


def button(page: Page, network: str, where: str = INLINE) -> Locator:
    """Return a share button, with the panel that it is in open."""
    found = page.locator(where).first.locator(f"[data-smo-n={network}]")
    if not found.is_visible():
        page.locator(where).first.locator("summary").click()
    return found


def stub_networks(context: BrowserContext, demo: Demo) -> list[str]:
    """Answer in place of other sites, and return the list of addresses that are asked for."""
    asked: list[str] = []

    def answer(route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Elsewhere</title>")

    context.route(re.compile(rf"^https?://(?!{re.escape(urlsplit(demo.url).netloc)})"), answer)
    return asked


@pytest.fixture
def article(demo) -> str:
    return page_of(demo, "article", "en")


def test_from_the_front_page_to_an_article_and_on(open_page):
    page = open_page("/")
    expect(page).to_have_url(re.compile("/en/$"))
    page.locator("main h2 a").first.click()
    expect(page).to_have_url(re.compile("/en/articles/.+/$"))
    title = page.locator("h1").inner_text()
    page.locator("nav a[hreflang=ru]").click()
    expect(page).to_have_url(re.compile("/ru/articles/.+/$"))
    assert page.locator("h1").inner_text() != title


@pytest.mark.parametrize("language", LANGUAGES)
def test_share_buttons_are_links_to_the_networks_with_the_address_of_the_page(open_page, demo, language):
    path = page_of(demo, "article", language)
    page = open_page(path)
    hosts = {one.id: urlsplit(one.share.address).netloc for one in networks_that_can("share")}
    shares = shares_of(page)
    web = {id_: href for id_, href in shares.items() if href.startswith("https://")}
    assert len(web) >= 3
    for id_, href in web.items():
        assert urlsplit(href).netloc == hosts[id_]
        assert demo.url + path in unquote(unquote(href))
        link = page.locator(INLINE).first.locator(f"a[data-smo-n={id_}]")
        assert set(link.get_attribute("rel").split()) >= {"nofollow", "noopener", "noreferrer"}


def test_a_click_opens_a_small_window_and_leaves_the_page(open_page, demo, article):
    page = open_page(article, may_leave=True)
    asked = stub_networks(page.context, demo)
    network, href = next((id_, href) for id_, href in shares_of(page).items() if href.startswith("https://"))
    with page.expect_popup() as popup:
        button(page, network).click()
    popup.value.wait_for_load_state()
    assert popup.value.url == href
    assert asked[0] == href
    assert popup.value.evaluate("window.opener") is None
    assert page.url == demo.url + article


def test_copy_puts_the_address_on_the_clipboard_and_says_so(open_page, demo, article):
    page = open_page(article, permissions=["clipboard-read", "clipboard-write"])
    button(page, "copy").click()
    expect(page.locator(INLINE).first.get_by_role("status")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == demo.url + article


def test_the_rail_is_for_wide_screens_and_the_bar_for_phones(open_page, article):
    wide = open_page(article, width=1440, height=900)
    expect(wide.locator(RAIL)).to_be_visible()
    expect(wide.locator(BAR)).to_be_hidden()
    phone = open_page(article, width=360, height=740)
    expect(phone.locator(RAIL)).to_be_hidden()


def test_the_rail_covers_neither_text_nor_picture(open_page, article):
    for width in (1200, 1280, 1440, 1920):
        page = open_page(article, width=width, height=900)
        rail = page.locator(RAIL).bounding_box()
        assert rail["x"] >= 0
        for part in (".prose", "main figure"):
            assert rail["x"] + rail["width"] <= page.locator(part).first.bounding_box()["x"], part
        assert rail["height"] <= 900


def test_the_bar_hides_while_the_buttons_in_the_text_are_in_sight(open_page, article):
    page = open_page(article, width=360, height=740)
    page.locator(INLINE).first.scroll_into_view_if_needed()
    expect(page.locator(BAR)).to_be_hidden()
    page.locator(".prose > *").nth(4).scroll_into_view_if_needed()
    page.mouse.wheel(0, 900)
    expect(page.locator(BAR)).to_be_visible()
    bar = page.locator(BAR).bounding_box()
    assert bar["y"] + bar["height"] == pytest.approx(740, abs=1)
    assert bar["width"] == 360
    page.locator(INLINE).last.scroll_into_view_if_needed()
    expect(page.locator(BAR)).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1440])
def test_targets_are_large_enough_for_a_thumb(open_page, article, width):
    page = open_page(article, width=width, height=800)
    least = 44 if width < 500 else 24
    for one in page.locator(".smo-button").all():
        if one.is_visible():
            box = one.bounding_box()
            assert box["width"] >= least - 0.01, one.inner_html()
            assert box["height"] >= least - 0.01, one.inner_html()


def test_a_page_saved_for_later_is_in_the_list_until_it_is_removed(open_page, demo, article):
    page = open_page(article)
    title = page.locator("h1").inner_text()
    save = page.locator(INLINE).first.locator("[data-smo-do=save]")
    save.click()
    expect(page.locator(INLINE).first.get_by_role("status")).to_contain_text("Saved")
    save.click()
    expect(page).to_have_url(re.compile(r"/smo/saved/"))
    expect(page.get_by_role("link", name=title)).to_have_attribute("href", demo.url + article)
    expect(page.locator("body")).to_contain_text("bookmark")
    page.get_by_role("button", name=re.compile("Remove")).click()
    expect(page.get_by_role("link", name=title)).to_have_count(0)
    assert page.context.cookies() == []


def test_a_readers_own_server_is_asked_for_once_and_remembered(open_page, demo, article):
    (network,) = [one for one in networks_that_can("share") if one.share.needs_instance]
    page = open_page(article, may_leave=True)
    asked = stub_networks(page.context, demo)
    with page.expect_popup() as popup:
        button(page, network.id).click()
    form = popup.value
    form.locator("input[name=server]").fill("https://mas.to/@me")
    form.locator("button[type=submit]").click()
    form.wait_for_url("https://mas.to/share?**")
    assert demo.url + article in parse_qs(urlsplit(form.url).query)["text"][0]
    with page.expect_popup() as popup:
        button(page, network.id).click()
    popup.value.wait_for_url("https://mas.to/share?**")
    assert len(asked) == 2


def test_a_readers_own_server_must_be_a_public_host(open_page, demo, article):
    (network,) = [one for one in networks_that_can("share") if one.share.needs_instance]
    page = open_page(article, java_script_enabled=False, may_fail=True)
    href = page.locator(INLINE).first.locator(f"a[data-smo-n={network.id}]").get_attribute("href")
    for typed in ("localhost", "127.0.0.1:8000", "evil.example/@x?y=z&javascript:alert(1)//", "a b"):
        page.goto(href)
        page.locator("input[name=server]").fill(typed)
        page.locator("button[type=submit]").click()
        if "evil" not in typed:
            expect(page.get_by_role("alert")).to_be_visible()
            assert page.url.startswith(demo.url)


def test_the_keyboard_reaches_everything(open_page, demo, article):
    page = open_page(article, permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#content")
    assert page.locator(":focus").bounding_box()["width"] > 24
    page.keyboard.press("Enter")
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one)
            return [one.dataset.smoN || one.tagName, style.outlineStyle, parseFloat(style.outlineWidth)] }"""
        )
        assert focused[1] != "none", focused
        assert focused[2] >= 2, focused
        seen.add(focused[0])
        if focused[0] == "copy":
            page.keyboard.press("Enter")
            expect(page.locator(INLINE).first.get_by_role("status")).to_have_text("Link copied")
        if focused[0] == "SUMMARY":
            break
    assert {"copy", "SUMMARY"} <= seen
    page.keyboard.press("Enter")
    expect(page.locator(INLINE).first.locator("details")).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(page.locator(INLINE).first.locator("details .smo-panel :focus")).to_be_visible()


class TestWithoutScript:
    @pytest.mark.parametrize("kind", PUBLIC)
    def test_everything_can_be_read(self, open_page, demo, kind):
        page = open_page(page_of(demo, kind, "en"), java_script_enabled=False)
        expect(page.locator("h1")).to_be_visible()
        hidden = page.locator("main p, main li > a, main h2").filter(visible=False)
        assert [
            one.inner_text()
            for one in hidden.all()
            if not one.locator("xpath=ancestor::details").count()
            and not one.locator("xpath=ancestor::*[contains(@class,'smo-pass')]").count()
            and one.get_attribute("class") not in {"smo-lock-print", "smo-lock-said"}
        ] == []

    def test_share_buttons_lead_to_networks_and_the_rest_is_behind_more(self, open_page, article):
        page = open_page(article, java_script_enabled=False)
        part = page.locator(INLINE).first
        assert len([href for href in shares_of(page).values() if href.startswith("https://")]) >= 3
        part.locator("summary").click()
        expect(part.locator(".smo-panel")).to_be_visible()
        for link in part.locator(".smo-panel a").all():
            assert link.get_attribute("href")
        expect(part.locator("[data-smo-do=device], [data-smo-do=print]").filter(visible=True)).to_have_count(0)

    def test_what_needs_no_network_works_as_a_page(self, open_page, demo, article):
        page = open_page(article, java_script_enabled=False)
        part = page.locator(INLINE).first
        assert part.locator("a[data-smo-n=copy]").get_attribute("href") == demo.url + article
        page.goto(demo.url + part.locator("a[data-smo-n=qr]").get_attribute("href"))
        expect(page.locator("svg.smo-qr")).to_be_visible()
        expect(page.locator("body")).to_contain_text(article)


class TestCounting:
    """On articles that no other test opens as a reader."""

    def counted(self, demo: Demo, kind: str) -> int:
        with sqlite3.connect(f"file:{demo.home / 'db.sqlite3'}?mode=ro", uri=True) as database:
            acts = "SELECT COALESCE(SUM(n), 0) FROM smo_engagement_count WHERE kind = ? AND facet != 'reader'"
            return database.execute(acts, [kind]).fetchone()[0]

    def look(self, page: Page, url: str) -> None:
        """Open an article as a reader, and wait until it has reported that."""
        with page.expect_response(re.compile("/smo/seen/")) as told:
            page.goto(url)
        assert told.value.status == 204
        assert "set-cookie" not in told.value.all_headers()

    def test_a_reader_counts_once_on_each_article_and_a_robot_never(self, open_page, demo):
        """The other article comes last: when its view has been written, nothing is on its way any more."""
        article, other = demo.articles("en")[-2:]
        before = self.counted(demo, "viewed")
        robot = open_page("/robots.txt", user_agent="Mozilla/5.0 (compatible; SomeBot/1.0)")
        reader = open_page("/robots.txt", user_agent=SAFARI)
        self.look(robot, article)
        self.look(robot, other)
        self.look(reader, article)
        self.look(reader, article)
        self.look(reader, other)
        eventually(lambda: self.counted(demo, "viewed") >= before + 2)
        assert self.counted(demo, "viewed") == before + 2
        assert reader.context.cookies() == []

    def test_a_press_of_a_share_button_is_counted(self, open_page, demo):
        third = demo.page(demo.articles("en")[-3]).soup.find("link", hreflang="ru")["href"]
        page = open_page(urlsplit(third).path, user_agent=SAFARI, permissions=["clipboard-write"])
        before = self.counted(demo, "shared")
        with page.expect_request(re.compile("/smo/seen/")) as told:
            button(page, "copy").click()
        assert "k=shared" in told.value.post_data
        assert told.value.response().status == 204
        eventually(lambda: self.counted(demo, "shared") == before + 1)
