"""The script of a block in Chromium, with a clock, a beacon and a reader's eyes of the test's own."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page

from tests.chromium import launched

pytestmark = pytest.mark.browser

SITE = "http://page.test/"
MOST_BYTES = 560
STAND_IN = """
window.sent = [];
navigator.sendBeacon = (address, fields) => sent.push([address, `${fields}`]);
Object.defineProperty(document, "hidden", { get: () => window.away });
window.become = (away) => { window.away = away; document.dispatchEvent(new Event("visibilitychange")); };
"""
BLOCKED = 'Object.defineProperty(window, "sessionStorage", { get() { throw new Error("blocked"); } });'
HEAD = '<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">'
SCRIPT = '<script type="module" src="/best.js"></script>'


def block(token: str, page: str = "KEY", *, style: str = "") -> str:
    key = f'data-smo-page="{page}"' if page else ""
    links = "".join(f'<li><a data-smo-at="{at}" href="#{at}"><b>Page {at}</b></a></li>' for at in range(2))
    attributes = f'data-smo-offer="{token}" {key} data-smo-tell="/told/" style="{style}"'
    return f"<section {attributes}><h2>Read next</h2><ul>{links}</ul></section>"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


Show = Callable[..., Page]


@pytest.fixture
def show(chromium: Browser) -> Iterator[Show]:
    """Open a page with this body; ``before`` is a script that runs first."""
    context = chromium.new_context(viewport={"width": 800, "height": 600})
    script = Path(finders.find("smo_kit/best/best.js")).read_text(encoding="utf-8")
    context.add_init_script(STAND_IN)
    page = context.new_page()
    page.clock.install()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def open_it(*body: str, before: str = "", path: str = "") -> Page:
        html = HEAD + "".join(body) + SCRIPT
        context.unroute_all()
        context.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
        context.route("**/best.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
        page.add_init_script(before)
        page.goto(SITE + path)
        return page

    yield open_it
    context.close()
    assert errors == []


def told(page: Page) -> list[dict[str, str]]:
    """Return what was sent since this was last asked."""
    return [
        {name: value for name, (value,) in parse_qs(body, keep_blank_values=True).items()}
        for address, body in page.evaluate("sent.splice(0)")
        if address == "/told/"
    ]


def reads(page: Page, seconds: int) -> None:
    page.clock.run_for(seconds * 1000)


def leaves(page: Page) -> None:
    page.evaluate("become(true)")


def test_who_leaves_a_page_has_read_it_for_so_long_and_seen_its_offers_once(show: Show) -> None:
    page = show(block("A:1"), block("B:2"))
    reads(page, 5)
    assert told(page) == []

    leaves(page)

    (one,) = told(page)
    assert 5 <= int(one.pop("s")) <= 15  # the clock also runs by itself
    assert one == {"o": "KEY", "p": "undefined", "f": "A:1,B:2"}


def test_who_comes_back_is_told_of_with_what_is_new_alone(show: Show) -> None:
    page = show(block("A:1"))
    reads(page, 5)
    leaves(page)
    told(page)
    reads(page, 100)
    leaves(page)
    assert told(page) == []

    page.evaluate("become(false)")
    reads(page, 3)
    leaves(page)

    (one,) = told(page)
    assert 3 <= int(one["s"]) <= 13
    assert one["f"] == ""


def test_what_is_followed_names_its_place_with_whichever_button_and_wherever_the_link_is_touched(show: Show) -> None:
    page = show(block("A:1"), block("B:2"))

    page.locator("section >> nth=1").locator("b >> nth=1").click()
    page.locator("section >> nth=0").locator("a >> nth=0").click(button="middle")
    page.locator("section >> nth=0").locator("a >> nth=1").click(button="right")
    page.locator("h2 >> nth=0").click()
    leaves(page)

    (one,) = told(page)
    followed = one["f"].split(",")
    assert [followed[at - 1 : at + 1] for at, part in enumerate(followed) if part.isdigit()] == [
        ["B:2", "1"],
        ["A:1", "0"],
    ]


def test_who_does_nothing_for_a_minute_reads_no_more_and_nobody_more_than_ten_minutes(show: Show) -> None:
    page = show(block("A:1"))
    reads(page, 300)
    leaves(page)
    assert 60 <= int(told(page)[0]["s"]) <= 75

    page.evaluate("become(false)")
    for _ in range(15):
        reads(page, 50)
        page.keyboard.press("Shift")
    leaves(page)
    assert told(page)[0]["s"] == "600"


def test_what_was_not_looked_at_is_not_told_of(show: Show) -> None:
    page = show(block("A:1"), before="window.away = true;")

    reads(page, 60)
    leaves(page)

    assert told(page) == []


@pytest.mark.parametrize(
    ("style", "scroll", "is_seen"),
    [
        ("", 0, True),
        ("margin-top: 590px", 0, False),
        ("margin-top: 590px", 300, True),
        ("margin-bottom: 3000px", 1500, False),
        ("display: none", 0, False),
        ("height: 5000px", 0, False),
        ("height: 5000px; margin-bottom: 900px", 2300, True),
    ],
    ids=["there", "below", "scrolled to", "above", "hidden", "top of a tall one", "middle of a tall one"],
)
def test_an_offer_is_seen_when_its_middle_is(show: Show, style: str, scroll: int, is_seen: bool) -> None:
    page = show(block("A:1", style=style), "<p style='height: 900px'>")
    page.evaluate(f"scrollTo(0, {scroll})")
    told(page)

    reads(page, 2)
    leaves(page)

    seen = [one["f"] for one in told(page)]
    assert ("A:1" in seen) is is_seen


def test_a_page_names_the_one_that_was_read_before_in_the_tab(show: Show) -> None:
    for key in ("ONE", "", "TWO"):
        page = show(block("A:1", key), path=key)
        reads(page, 2)
        leaves(page)
        (last,) = told(page)

    assert (last["o"], last["p"]) == ("TWO", "ONE")
    assert page.evaluate("[Object.values(sessionStorage), localStorage.length]") == [["TWO"], 0]


def test_a_page_without_a_subject_tells_of_offers_alone_and_else_nothing(show: Show) -> None:
    page = show(block("A:1", ""), block("B:2", "", style="margin-top: 3000px"))
    reads(page, 2)
    leaves(page)
    assert told(page) == [{"o": "", "s": "0", "p": "undefined", "f": "A:1"}]

    page.evaluate("become(false)")
    reads(page, 2)
    leaves(page)
    assert told(page) == []


def test_a_browser_that_keeps_nothing_tells_all_the_same(show: Show) -> None:
    page = show(block("A:1"), before=BLOCKED)
    reads(page, 2)
    leaves(page)

    assert told(page)[0]["p"] == "undefined"


def test_the_script_is_small() -> None:
    assert len(gzip.compress(Path(finders.find("smo_kit/best/best.js")).read_bytes(), 9, mtime=0)) <= MOST_BYTES
