"""A running demo and Chromium for the tests of this folder.

Each process of pytest-xdist has a demo of its own. ``--dist loadfile`` gives a module to one of them, so that what it
starts itself is started once; ``--dist loadgroup`` of pytest-xdist 3.8 groups nothing on pytest 9.2.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from fcntl import LOCK_EX, flock
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.demo import Demo, running_demo, set_up_demo
from tests.browser.texts import articles
from tests.chromium import launched

HERE = Path(__file__).parent
NARROW = 500
NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo that was set up but never served: the first process that asks makes it for all."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "filled"
    with home.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not home.exists():
            set_up_demo(home)
    return home


@pytest.fixture(scope="session")
def demo(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("demo") / "home", filled) as running:
        yield running


@pytest.fixture(scope="session")
def odd_demo(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo into which texts of every kind were loaded."""
    folder = tmp_path_factory.mktemp("odd")
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in articles()), encoding="utf-8")
    with running_demo(folder / "home", filled) as running:
        report = json.loads(running.manage("demo_import", "--articles", str(file), "--json"))
        assert (report["created"], report["bad"]) == (len(articles()), [])
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """For a module, not the session: while Playwright's loop runs, Django refuses the database in this thread."""
    with launched() as browser:
        yield browser


@pytest.fixture
def open_page(demo: Demo, chromium: Browser) -> Iterator[NewPage]:
    """Open a path of the demo in a fresh browser: ``open_page("/en/", width=360, dark=True)``.

    A test that uses it fails if the browser had anything to complain about: a foreign request (unless the page
    ``may_leave``), an error in the console, a refusal by the policy or a failed load (unless it ``may_fail``).
    """
    complaints: list[str] = []
    with ExitStack() as stack:

        def new_page(
            path: str = "/",
            *,
            width: int = 1280,
            height: int = 800,
            dark: bool = False,
            may_leave: bool = False,
            may_fail: bool = False,
            **options,
        ) -> Page:
            context = chromium.new_context(
                base_url=demo.url,
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                **({"is_mobile": True, "has_touch": True} if width < NARROW else {}),
                **options,
            )
            stack.callback(context.close)
            if not may_leave:
                context.on("request", lambda request: complaints.extend(foreign(request.url, demo.url)))
            if not may_fail:
                listen(context, complaints)
            page = context.new_page()
            page.goto(path)
            return page

        yield new_page
    assert complaints == []


def foreign(url: str, home: str) -> list[str]:
    is_ours = url.startswith(f"{home}/") or not url.startswith(("http", "ws"))
    return [] if is_ours else [f"foreign request: {url}"]


def listen(context: BrowserContext, complaints: list[str]) -> None:
    def on_console(message) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"console {message.type} on {message.page.url if message.page else '?'}: {message.text}")

    def on_response(response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            complaints.append(f"{response.status}: {response.url}")

    context.on("console", on_console)
    context.on("response", on_response)
    context.on("weberror", lambda error: complaints.append(f"page error: {error.error}"))
