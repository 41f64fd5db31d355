"""The page's script in Chromium, against a small server that writes down what it is told."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from threading import Thread

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page

from tests.chromium import launched

pytestmark = pytest.mark.browser

SCRIPT = '<script type="module" src="/seen.js" data-smo-seen="5..1:signed" data-smo-to="/smo/seen/"></script>'
HEAD = '<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">'
PAGES = {"/": HEAD + SCRIPT, "/twice": HEAD + SCRIPT + SCRIPT, "/other": HEAD}
STAND_IN = """
window.sent = [];
navigator.sendBeacon = (address, fields) => sent.push(`${address} ${fields}`);
for (const name of ["hidden", "prerendering"])
  Object.defineProperty(document, name, { get: () => window.state === name });
window.become = (state, event) => { window.state = state; document.dispatchEvent(new Event(event)); };
"""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.told: Queue[dict[str, str]] = Queue()
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        if self.path == "/seen.js":
            with open(finders.find("smo_kit/engagement/seen.js"), "rb") as file:  # noqa: PTH123
                self._answer(file.read(), "text/javascript")
        else:
            self._answer(PAGES[self.path].encode(), "text/html")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.told.put({"path": self.path, "body": body, **{k.lower(): v for k, v in self.headers.items()}})
        self.send_response(204)
        self.end_headers()

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    keep = ["--disable-back-forward-cache"]  # Playwright would switch the memory of pages off
    with launched(ignore_default_args=keep) as browser:
        yield browser


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_a_page_tells_its_own_site_that_it_is_looked_at_with_what_the_endpoint_wants(
    server: Server, page: Page
) -> None:
    page.goto(server.url)

    told = server.told.get(timeout=10)
    assert (told["path"], told["body"]) == ("/smo/seen/", "o=5..1%3Asigned")
    assert told["content-type"].startswith("application/x-www-form-urlencoded")
    assert (told["sec-fetch-site"], told["origin"]) == ("same-origin", server.url)
    assert "cookie" not in told
    assert page.context.cookies() == []


@pytest.mark.parametrize(("state", "event"), [("hidden", "visibilitychange"), ("prerendering", "prerenderingchange")])
def test_a_page_that_nobody_sees_yet_waits_and_tells_once(server: Server, page: Page, state: str, event: str) -> None:
    page.add_init_script(f"{STAND_IN} window.state = '{state}';")
    page.goto(server.url)
    assert page.evaluate("sent") == []

    page.evaluate(f"become('visible', '{event}'); become('hidden', 'visibilitychange')")
    page.evaluate("become('visible', 'visibilitychange')")

    assert page.evaluate("sent") == ["/smo/seen/ o=5..1%3Asigned"]


def test_a_page_that_names_its_subject_twice_tells_it_once(server: Server, page: Page) -> None:
    page.add_init_script(STAND_IN)
    page.goto(f"{server.url}/twice")

    assert page.evaluate("sent") == ["/smo/seen/ o=5..1%3Asigned"]


def test_a_page_that_comes_back_out_of_the_browsers_memory_tells_once_more(server: Server, page: Page) -> None:
    page.goto(server.url)
    server.told.get(timeout=10)
    page.goto(f"{server.url}/other")

    page.evaluate("history.back()")

    assert server.told.get(timeout=10)["body"] == "o=5..1%3Asigned"
    with pytest.raises(Empty):
        server.told.get_nowait()
