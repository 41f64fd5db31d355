"""Selected text, quotes, pictures and windows in a real browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from smo_kit.networks.registry import network_of, networks_that_can
from tests.browser.demo import Demo
from tests.browser.test_accessibility import AXE, RULES
from tests.checkers.node import checkers

BAR = ".smo-pick"
(SERVED,) = (one.id for one in networks_that_can("share") if one.share.needs_instance)
SELECT = """([css, n, from, length]) => {
    const block = document.querySelectorAll(css)[n]
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    const text = walk.nextNode()
    const range = document.createRange()
    range.setStart(text, from)
    range.setEnd(text, from + length)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
}"""


@pytest.fixture
def path(demo: Demo) -> str:
    """The article that has a quote, a picture and a window."""
    return next(urlsplit(url).path for url in demo.articles("en") if 'class="smo-window"' in demo.page(url).text)


def select(page: Page, start: int, length: int, *, css: str = ".prose > p", n: int = 0) -> None:
    page.evaluate(SELECT, [css, n, start, length])
    expect(page.locator(BAR)).to_be_visible()


def shared(page: Page, id_: str = "x") -> tuple[str, str]:
    """Return address and text of the post that a button of the bar opens."""
    query = parse_qs(urlsplit(page.locator(f"{BAR} [data-smo-n={id_}]").get_attribute("href")).query)
    return query["url"][0], query["text"][0]


def visit(page: Page, address: str) -> None:
    """Open an address anew, and wait until the browser has scrolled to what it names."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function("scrollY > 0")


SCRIPTS = {
    "hebrew": "המילים האלה נכתבות מימין לשמאל, והדפדפן מוצא אותן בכל זאת בתוך העמוד הארוך הזה.",
    "arabic": "تُكتب هذه الكلمات من اليمين إلى اليسار، ويجدها المتصفح مع ذلك في هذه الصفحة الطويلة.",
    "chinese": "这些字之间没有空格，浏览器仍然能在很长的页面里找到它们，并且把它们标出来，读者自己不用去找。",
    "thai": "ภาษาไทยเขียนติดกันโดยไม่เว้นวรรค แต่เบราว์เซอร์ก็ยังหาเจอในหน้ายาวๆ",
    "russian": "Слова\xa0и\xa0неразрывные пробелы — тоже текст, а\xa0тире, «ёлочки» и дефис кое-где не\xa0мешают.",
    "signs": "Salt & pepper, a-b-c, 100% #1: (x) = [y]; “quotes” and ‘more’, don’t you think so?",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_words_of_every_script_are_found_again(open_page, demo, path, text):
    """They stand at the end of the page, where a browser comes only if it has found them."""
    page = open_page("/en/about/")
    last = re.compile(r"(?s)<p>(?:(?!<p>).)*?</p>(?=\s*<link[^>]*>\s*<figure class=.smo-pull)")

    def with_words(route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, body=last.sub(lambda _: f"<p id=words>{text}</p>", reply.text()))

    page.context.route(f"{demo.url}{path}", with_words)
    for start, length in ((0, 8), (3, 9), (2, 40)):
        page.goto(path)
        select(page, start, length, css="#words")
        visit(page, shared(page)[0])
        expect(page.locator("#words")).to_be_in_viewport()


class TestSelection:
    def test_is_quoted_with_its_author_and_an_address_that_leads_to_it(self, open_page, demo, path):
        page = open_page(path)
        expect(page.locator(BAR)).to_be_hidden()
        select(page, 0, 9)
        address, text = shared(page)
        words = page.evaluate("getSelection().toString()")
        assert text == f"“{words}” — {page.locator('.byline a').first.inner_text()}"
        assert address == f"{demo.url}{path}#:~:text={words.replace(' ', '%20')}"

    def test_of_half_words_leads_to_whole_ones(self, open_page, path):
        page = open_page(path)
        select(page, 2, 3)
        address, text = shared(page)
        first, second = page.locator(".prose > p").first.inner_text().split()[:2]
        assert unquote(urlsplit(address).fragment) == f":~:text={first} {second}"
        assert text.startswith(f"“{first} {second}”")

    def test_makes_chromium_scroll_to_it(self, open_page, path):
        page = open_page(path)
        n = page.locator(".prose > p").count() - 2
        select(page, 0, 40, n=n)
        address, _ = shared(page)
        visit(page, address)
        expect(page.locator(".prose > p").nth(n)).to_be_in_viewport()

    def test_through_several_blocks_leads_to_its_beginning(self, open_page, path):
        page = open_page(path)
        page.evaluate(
            """() => {
                const head = [...document.querySelectorAll(".prose > h3")].at(-1)
                getSelection().setBaseAndExtent(head.firstChild, 0, head.nextElementSibling.firstChild, 30)
            }"""
        )
        expect(page.locator(BAR)).to_be_visible()
        address, _ = shared(page)
        assert "," in urlsplit(address).fragment
        visit(page, address)
        expect(page.locator(".prose > h3").last).to_be_in_viewport()

    def test_is_copied_as_an_address_that_leads_to_it(self, open_page, demo, path):
        page = open_page(path)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        select(page, 0, 9)
        page.locator(f"{BAR} [data-smo-n=copy]").click()
        expect(page.locator(f"{BAR} .smo-said")).to_have_text("Link copied")
        assert ":~:text=" in page.evaluate("navigator.clipboard.readText()")
        expect(page.locator(BAR)).to_be_visible()

    def test_that_is_long_is_cut_for_the_post(self, open_page, path):
        page = open_page(path)
        page.evaluate("getSelection().selectAllChildren(document.querySelector('.prose'))")
        expect(page.locator(BAR)).to_be_visible()
        _, text = shared(page)
        assert len(text) < 280 - 24
        assert "…”" in text

    def test_bar_goes_with_the_selection_and_with_escape(self, open_page, path):
        page = open_page(path)
        select(page, 0, 9)
        page.evaluate("getSelection().removeAllRanges()")
        expect(page.locator(BAR)).to_be_hidden()
        select(page, 0, 9)
        page.keyboard.press("Escape")
        expect(page.locator(BAR)).to_be_hidden()

    def test_bar_is_the_next_stop_of_the_keyboard(self, open_page, path):
        page = open_page(path)
        select(page, 0, 9)
        page.keyboard.press("Tab")
        expect(page.locator(f"{BAR} a").first).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator(f"{BAR} a").nth(1)).to_be_focused()

    def test_elsewhere_offers_nothing(self, open_page, path):
        page = open_page(path)
        page.evaluate("getSelection().selectAllChildren(document.querySelector('.foot'))")
        page.wait_for_function("new Promise(done => setTimeout(done, 400, true))")
        expect(page.locator(BAR)).to_be_hidden()

    def test_on_a_phone_the_bar_leaves_the_text_to_the_system(self, open_page, path):
        page = open_page(path, width=360)
        select(page, 0, 9, n=3)
        page.evaluate("scrollTo({top: 600, behavior: 'instant'})")
        place = page.locator(BAR).bounding_box()
        assert place["y"] + place["height"] > 700
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 360

    def test_near_the_edge_the_bar_stays_in_the_window(self, open_page, path):
        page = open_page(path, width=768)
        select(page, 0, 3)
        place = page.locator(BAR).bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 768

    def test_goes_to_a_readers_own_server(self, open_page, path):
        page = open_page(path, may_leave=True)
        page.context.route("https://mas.to/**", lambda route: route.fulfill(body="Elsewhere"))
        page.evaluate(
            """([bar, id]) => {
                const link = document.querySelector(bar + " a")
                const served = document.querySelector(`.smo-inline [data-smo-n=${id}]`)
                link.href = served.href + "#" + served.dataset.smoTo.replace(/text=.*/, "text=smoquote%20smofound")
            }""",
            [BAR, SERVED],
        )
        select(page, 0, 9)
        words = page.evaluate("getSelection().toString()")
        page.goto(page.locator(f"{BAR} a").first.get_attribute("href"))
        page.locator("input[name=server]").fill("mas.to")
        page.locator(".smo-main").click()
        page.wait_for_url("https://mas.to/share?text=**")
        assert unquote(page.url).startswith(f"https://mas.to/share?text={words} ")


def test_a_quote_leads_to_its_own_words(open_page, path):
    page = open_page(path)
    quote = page.locator(".smo-pull blockquote").inner_text()
    address = page.locator(".smo-pull [data-smo-n=copy]").get_attribute("href")
    visit(page, address)
    expect(page.locator(".smo-pull blockquote")).to_be_in_viewport()
    assert unquote(address.partition("text=")[2]).split(",")[0] in quote


def test_a_picture_has_its_buttons_within_its_frame(open_page, path):
    page = open_page(path, width=360)
    buttons, picture = page.locator(".wide .smo-onto").bounding_box(), page.locator(".wide img").bounding_box()
    assert buttons["y"] >= picture["y"]
    assert buttons["y"] + buttons["height"] <= picture["y"] + picture["height"]
    href = page.locator(".wide .smo-onto a").first.get_attribute("href")
    assert "covers" in parse_qs(urlsplit(href).query)["media"][0]


class TestWindow:
    @pytest.fixture
    def asked(self) -> list[str]:
        return []

    @pytest.fixture
    def page(self, open_page, path, asked) -> Page:
        page = open_page(path, may_leave=True)

        def answer(route) -> None:
            asked.append(route.request.url)
            route.fulfill(content_type="text/html", body="<title>Player</title>")

        page.context.route(re.compile(r"^https://"), answer)
        return page

    def test_loads_nothing_before_its_reader_agrees(self, page, asked):
        expect(page.locator(".smo-agree")).to_be_visible()
        assert page.locator("iframe").count() == 0
        page.locator(".smo-agree summary").click()
        expect(page.locator(".smo-agree iframe")).to_be_visible()
        expect(page.frame_locator(".smo-agree iframe").locator("html")).to_be_attached()
        assert [network_of(url) for url in asked] == [network_of("https://youtu.be/")]

    def test_can_be_removed_again(self, page):
        page.locator(".smo-agree summary").click()
        page.get_by_text("Remove it").click()
        expect(page.locator("iframe")).to_have_count(0)

    def test_asks_again_on_the_next_visit(self, page):
        page.locator(".smo-agree summary").click()
        page.reload()
        expect(page.locator(".smo-agree")).to_be_visible()
        assert page.locator("iframe").count() == 0

    def test_is_loaded_at_once_where_a_reader_always_wants_it(self, page):
        page.locator(".smo-agree input").check()
        expect(page.locator("iframe")).to_have_count(1)
        page.reload()
        expect(page.locator("iframe")).to_have_count(1)
        expect(page.locator(".smo-agree input")).to_be_checked()

    def test_is_loaded_but_not_remembered_where_the_browser_forbids_storage(self, page):
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
        )
        page.reload()
        page.locator(".smo-agree summary").click()
        expect(page.locator("iframe")).to_have_count(1)
        page.get_by_text("Remove it").click()
        expect(page.locator("iframe")).to_have_count(0)
        page.locator(".smo-agree input").check()
        expect(page.locator("iframe")).to_have_count(1)
        page.reload()
        expect(page.locator(".smo-agree")).to_be_visible()
        assert page.locator("iframe").count() == 0

    def test_that_wish_can_be_withdrawn(self, page):
        page.locator(".smo-agree input").check()
        page.locator(".smo-agree input").uncheck()
        expect(page.locator("iframe")).to_have_count(0)
        page.reload()
        expect(page.locator(".smo-agree input")).not_to_be_checked()
        assert page.locator("iframe").count() == 0


def test_without_script_there_are_links_and_no_dead_button(open_page, path):
    page = open_page(path, java_script_enabled=False)
    expect(page.locator(".smo-window a")).to_be_visible()
    expect(page.locator(".smo-agree")).to_be_hidden()
    expect(page.locator(".smo-pick")).to_be_hidden()
    assert page.locator(".smo-pull a").first.get_attribute("href").startswith("https://")


@pytest.mark.node
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(open_page, path, width, scheme):
    page = open_page(path, width=width, dark=scheme == "dark", bypass_csp=True, may_leave=True)
    page.context.route(
        re.compile(r"^https://"),
        lambda route: route.fulfill(
            content_type="text/html", body="<html lang=en><title>Player</title><main>It</main>"
        ),
    )
    page.locator(".smo-agree summary").click()
    if width > 700:  # on a phone axe takes what the bar covers for what covers it: it does not know the top layer
        select(page, 0, 9)
    page.evaluate((checkers() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(AXE, RULES)["violations"]
    assert [(one["id"], one["nodes"][0]["target"], one["nodes"][0]["html"]) for one in found] == []
