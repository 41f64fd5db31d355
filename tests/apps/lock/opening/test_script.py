"""The script of a lock in Chromium, with a clock of the test's own and a server that it plays."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route, expect

from smo_kit.lock.ways.way import Offer
from tests.chromium import launched

pytestmark = pytest.mark.browser

SITE = "http://page.test/"
SCRIPTS = {f"/static/smo_kit/lock/{name}.js": f"smo_kit/lock/{name}.js" for name in ("lock", "open")}
MOST_BYTES = {"lock": 650, "open": 2048}
HEAD = '<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">'
POLICY = "default-src 'self'; img-src data:"
HIDDEN = (
    '<link rel="stylesheet" href="/inside.css"><h2>Hidden</h2>'
    '<script type="module" src="/inside.js"></script><script>window.inline = 1</script>'
)
MARK = "localStorage['smo-lock-1'] ||= 1"
LONG = "<br>" * 200 + "<textarea></textarea>"


def lock() -> str:
    from django.template.loader import render_to_string

    share = Offer(way="share", label="Far", href="/out/far/", network="far", in_window=True)
    offers = [share, Offer(way="share", label="I have shared it"), Offer(way="wait", label="Wait 30 seconds")]
    ways = render_to_string("smo_kit/lock/ways.html", {"action": "/lock/open/", "offers": offers})
    script = '<script type="module" src="/static/smo_kit/lock/lock.js"></script>'
    card = f'<div class="smo-lock-card"><h2>Locked</h2>{ways}</div>'
    part = '<div class="smo-lock-part" tabindex="-1"></div>'
    told = render_to_string("smo_kit/lock/told.html", {"show": "/lock/show/"})
    return f'{HEAD}{script}<section class="smo-lock" id="smo-lock-1" {told}>{card}{part}</section>{LONG}'


class Server:
    """What the site says; a test changes it."""

    def __init__(self) -> None:
        self.is_open = False
        self.said: dict[str, object] = {
            "state": "waiting",
            "way": "wait",
            "sentence": "Soon.",
            "seconds": 30,
            "left": 30,
            "where": "",
        }
        self.news = ""
        self.is_broken = self.is_away = self.is_whole = False
        self.asked: list[dict[str, list[str]]] = []
        self.looked: list[str] = []

    def answer(self, route: Route) -> None:
        request, path = route.request, "/" + route.request.url.partition(SITE)[2]
        if path in SCRIPTS:
            code = Path(finders.find(SCRIPTS[path])).read_text(encoding="utf-8")
            return route.fulfill(body=code, content_type="text/javascript")
        if self.is_away:
            return route.abort("internetdisconnected")
        if path == "/inside.js":
            return route.fulfill(body="window.inside = 1", content_type="text/javascript")
        self.looked.append(path)
        if path == "/lock/show/" and "x-smo-part" in request.headers:
            if self.is_whole and self.is_open:
                return route.fulfill(headers={"X-Smo-Whole": "1"})
            body = HIDDEN if self.is_open else ""
            return route.fulfill(body=body, status=200 if self.is_open else 204, content_type="text/html")
        if path == "/lock/open/" and "x-smo-part" in request.headers:
            self.asked.append(_fields(request.post_data or ""))
            if self.is_broken:
                return route.fulfill(body="<h1>Bad gateway</h1>", status=502, content_type="text/html")
            said = {**self.said, "state": "open", "sentence": "It is open."} if self.is_open else self.said
            return route.fulfill(body=json.dumps(said), content_type="application/json")
        if path == "/smo/lock/news/":
            return route.fulfill(body=self.news, status=200 if self.news else 204)
        body = lock() if path == "/" else f"{HEAD}{request.method} {path}"
        return route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": POLICY})


def _fields(body: str) -> dict[str, list[str]]:
    """Return the fields of a form as FormData sends it."""
    found: dict[str, list[str]] = {}
    for part in body.split("Content-Disposition: form-data; name=")[1:]:
        name, _, value = part.partition('"\r\n\r\n')
        found.setdefault(name.strip('"'), []).append(value.partition("\r\n")[0])
    return found or parse_qs(body)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    context = chromium.new_context()
    context.route("**/*", server.answer)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.install()
    yield page
    assert errors == []
    context.close()


def test_the_script_of_a_page_is_within_its_budget():
    for name, most in MOST_BYTES.items():
        code = Path(finders.find(f"smo_kit/lock/{name}.js")).read_bytes()
        assert len(gzip.compress(code, 9, mtime=0)) <= most


def test_a_reader_who_has_done_nothing_here_asks_for_nothing(page, server):
    page.goto(SITE)
    page.wait_for_load_state("networkidle")
    assert server.looked == ["/"]


def test_a_press_says_what_happens_and_it_opens_in_its_place(page, server):
    page.goto(SITE)
    page.get_by_role("button", name="Wait 30 seconds").click()
    status = page.get_by_role("status")
    status.get_by_text("Soon.").wait_for()
    assert server.asked == [{"way": ["wait"]}]
    server.is_open = True
    for _ in range(12):
        page.clock.run_for(3000)
        page.wait_for_timeout(30)
    page.get_by_role("heading", name="Hidden").wait_for()
    status.get_by_text("It is open.").wait_for()
    assert server.asked[1:] == [{"again": ["1"]}]
    assert page.evaluate("document.activeElement.className") == "smo-lock-part"
    assert page.get_by_role("button").count() == 0
    page.wait_for_function("window.inside == 1")
    assert page.locator(".smo-lock-part link").count() == 1
    assert page.evaluate("window.inline") is None
    assert "smo-lock-1" in page.evaluate("Object.keys(localStorage)")


def test_news_are_asked_for_more_and_more_seldom_and_bring_the_next_question(page, server):
    page.goto(SITE)
    page.get_by_role("button", name="Wait 30 seconds").click()
    page.get_by_text("Soon.").wait_for()
    for _ in range(7):
        page.clock.run_for(1000)
        page.wait_for_timeout(30)
    assert server.looked.count("/smo/lock/news/") == 2
    server.news, server.is_open = "1", True
    for _ in range(6):
        page.clock.run_for(1000)
        page.wait_for_timeout(30)
    page.get_by_role("heading", name="Hidden").wait_for()
    assert len(server.asked) == 2


def test_a_link_opens_a_small_window_and_the_page_asks_meanwhile(page, server):
    page.goto(SITE)
    server.said = {"state": "waiting", "way": "share", "sentence": "Waiting for Far.", "seconds": 15, "where": ""}
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Far").click()
    opened.value.wait_for_load_state()
    assert opened.value.url == f"{SITE}out/far/"
    for _ in range(4):
        page.clock.run_for(1000)
        page.wait_for_timeout(30)
    page.get_by_text("Waiting for Far.").wait_for()
    assert server.asked[0] == {"again": ["1"]}
    assert page.url == SITE


def test_a_press_that_leads_elsewhere_goes_there(page, server):
    server.said = {"state": "go", "way": "rate", "sentence": "", "seconds": 0, "where": "/rate/"}
    page.goto(SITE)
    page.get_by_role("button", name="Wait 30 seconds").click()
    expect(page).to_have_url(f"{SITE}rate/")


def test_what_is_refused_is_said(page, server):
    server.said = {"state": "refused", "sentence": "Please try again later."}
    page.goto(SITE)
    page.get_by_role("button", name="Wait 30 seconds").click()
    expect(page.get_by_role("status")).to_contain_text("Please try again later.")


def test_what_the_script_can_t_do_the_form_does(page, server):
    server.is_broken = True
    page.goto(SITE)
    page.get_by_role("button", name="Wait 30 seconds").click()
    expect(page.get_by_text("POST /lock/open/")).to_be_visible()


def test_who_has_opened_it_finds_it_open_and_is_not_moved(page, server):
    server.is_open = True
    page.add_init_script(MARK)
    page.goto(SITE)
    page.get_by_role("heading", name="Hidden").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert server.asked == []


def test_who_has_begun_goes_on_waiting_when_he_comes_back(page, server):
    server.said = {"state": "waiting", "way": "share", "sentence": "Waiting for Far.", "seconds": 2, "where": ""}
    page.add_init_script(MARK)
    page.goto(SITE)
    page.get_by_text("Waiting for Far.").wait_for()
    server.is_open = True
    page.clock.run_for(2000)
    page.get_by_role("heading", name="Hidden").wait_for()
    assert server.asked == [{"again": ["1"]}] * 2


def test_a_member_is_asked_for_and_the_page_stays_as_it_is(page, server):
    page.add_init_script("document.cookie = 'smo_in=1'")
    page.goto(SITE)
    page.wait_for_load_state("networkidle")
    assert server.looked == ["/", "/lock/show/"]
    assert page.get_by_role("button").count() == 2


def press(page: Page) -> None:
    page.get_by_role("button", name="Wait 30 seconds").click()
    page.get_by_text("Soon.").wait_for()


def let_open(page: Page, server: Server) -> None:
    """Let the time go by until it opens, and until that has been said."""
    server.is_open = True
    for _ in range(12):
        page.clock.run_for(3000)
        page.wait_for_timeout(30)
    page.get_by_role("heading", name="Hidden").wait_for(state="attached")
    page.clock.run_for(500)


def active(page: Page) -> str:
    return page.evaluate("document.activeElement.tagName")


def test_a_second_way_does_not_make_it_forget_the_first(page, server):
    page.goto(SITE)
    press(page)
    with page.context.expect_page():
        page.get_by_role("link", name="Far").click()
    let_open(page, server)
    assert all(one in ({"way": ["wait"]}, {"again": ["1"]}) for one in server.asked)


def test_who_writes_elsewhere_by_now_goes_on_writing(page, server):
    page.goto(SITE)
    press(page)
    page.locator("textarea").focus()
    was = page.locator("textarea").bounding_box()
    let_open(page, server)
    page.get_by_role("status").get_by_text("It is open.").wait_for()
    assert active(page) == "TEXTAREA"
    assert abs(page.locator("textarea").bounding_box()["y"] - was["y"]) < 20
    page.get_by_role("status").get_by_role("link", name="Read on").click()
    assert page.evaluate("document.activeElement.className") == "smo-lock-part"


def test_who_has_scrolled_on_is_not_scrolled_back(page, server):
    page.goto(SITE)
    press(page)
    page.evaluate("scrollTo(0, 3000)")
    let_open(page, server)
    page.get_by_role("link", name="Read on").wait_for(state="attached")
    assert page.evaluate("scrollY > 1000")
    assert page.evaluate("document.activeElement.className") == "smo-lock-part"


def test_who_comes_back_to_the_lock_stands_at_what_it_hid(page, server):
    server.is_open = True
    page.add_init_script(MARK)
    page.goto(f"{SITE}#smo-lock-1")
    page.get_by_role("heading", name="Hidden").wait_for()
    page.clock.run_for(500)
    page.get_by_role("status").get_by_text("It is open.").wait_for()
    assert page.evaluate("document.activeElement.className") == "smo-lock-part"
    assert page.get_by_role("link", name="Read on").count() == 0


def test_without_a_connection_the_page_stays_and_says_so(page, server):
    page.goto(SITE)
    press(page)
    server.is_away = True
    page.get_by_role("button", name="Wait 30 seconds").click()
    page.get_by_role("status").get_by_text("No connection.").wait_for()
    assert page.url == SITE
    server.is_away = False
    press(page)


def test_without_a_connection_from_the_start_too(page, server, monkeypatch):
    page.goto(SITE)
    page.wait_for_load_state("networkidle")
    monkeypatch.delitem(SCRIPTS, "/static/smo_kit/lock/open.js")
    server.is_away = True
    page.context.set_offline(True)
    page.get_by_role("button", name="Wait 30 seconds").click()
    page.get_by_role("status").get_by_text("No connection.").wait_for()
    assert page.url == SITE


def test_the_seconds_are_counted_where_no_voice_reads_them(page, server):
    page.goto(SITE)
    press(page)
    clock = page.locator(".smo-lock-left")
    assert clock.get_attribute("aria-hidden") == "true"
    was = clock.text_content()
    assert "00:2" in was or was == "00:30"
    page.clock.run_for(5000)
    assert clock.text_content() < was
    assert page.get_by_role("status").text_content() == "Soon."
    let_open(page, server)
    assert clock.count() == 0


def test_another_page_of_the_browser_learns_that_it_is_open(page, server):
    other = page.context.new_page()
    other.goto(SITE)
    page.goto(SITE)
    press(page)
    let_open(page, server)
    expect(other.get_by_role("heading", name="Hidden")).to_be_attached()


def test_who_opens_a_whole_page_goes_there(page, server):
    server.is_whole = True
    page.goto(SITE)
    press(page)
    server.is_open = True
    for _ in range(12):
        page.clock.run_for(3000)
        page.wait_for_timeout(30)
    expect(page).to_have_url(f"{SITE}lock/show/")


def test_who_comes_back_to_a_whole_page_gets_a_link(page, server):
    server.is_whole = server.is_open = True
    page.add_init_script(MARK)
    page.goto(f"{SITE}#smo-lock-1")
    link = page.get_by_role("link", name="Read it")
    link.wait_for()
    assert (page.get_by_role("button").count(), server.asked) == (0, [])
    link.click()
    page.wait_for_url(f"{SITE}lock/show/")


def test_a_look_at_what_is_closed_is_no_error(page, server):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script(MARK)
    page.goto(SITE)
    page.get_by_text("Soon.").wait_for()
    assert said == []


def turn(page, hidden: str):
    page.evaluate(f"Object.defineProperty(document, 'hidden', {{ value: {hidden}, configurable: true }})")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")


def test_a_page_that_comes_to_the_front_asks_at_once(page, server):
    page.goto(SITE)
    press(page)
    turn(page, "true")
    page.clock.run_for(60_000)
    assert len(server.asked) == 1, "a hidden page asks nothing"
    server.is_open = True
    turn(page, "false")
    expect(page.get_by_role("heading", name="Hidden")).to_be_visible()


def test_a_page_that_waits_no_more_asks_too(page, server):
    page.add_init_script(MARK)
    server.said = {"state": "go", "sentence": "Not yet.", "left": 0}
    page.goto(SITE)
    page.get_by_text("Not yet.").wait_for()
    server.is_open = True
    turn(page, "false")
    expect(page.get_by_role("heading", name="Hidden")).to_be_attached()
