"""A page with a lock behind nginx with a cache: the same bytes for all, right for who has opened it and who has not."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo import Demo, eventually, free_port
from tests.browser.test_lock import LOCKED, SECRET, part_of
from tests.require import require

CONFIGURATION = """
daemon off; user {owner}; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
  proxy_cache_path {home}/kept keys_zone=pages:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {origin};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_cache pages;
      proxy_cache_key $uri$is_args$args;
      add_header X-Kept $upstream_cache_status always;
    }}
  }}
}}
"""


@contextmanager
def running_nginx(home: Path, origin: str) -> Iterator[str]:
    home.mkdir()
    port = free_port()
    file = home / "nginx.conf"
    file.write_text(CONFIGURATION.format(owner=getuser(), home=home, port=port, origin=origin))
    process = subprocess.Popen([require("nginx"), "-c", str(file), "-p", str(home), "-e", str(home / "error.log")])
    try:
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: process.poll() is None and answers(url))
        yield url
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(10)


def answers(url: str) -> bool:
    try:
        return got(url, "/robots.txt")[0] == 200
    except OSError:
        return False


def got(url: str, path: str, cookie: str = "") -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    reply = connection.getresponse()
    answer = reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    connection.close()
    return answer


@pytest.fixture(scope="module")
def cached(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    home = tmp_path_factory.mktemp("nginx") / "home"
    with running_nginx(home, demo.url) as url:
        yield url, home


@pytest.fixture
def opened(cached: tuple[str, Path], chromium: Browser) -> Iterator[Page]:
    """A reader who has opened the lock by waiting."""
    context = chromium.new_context(base_url=cached[0])
    page = context.new_page()
    page.goto(LOCKED)
    page.locator(".smo-lock").get_by_role("button", name="wait").click()
    expect(part_of(page)).to_contain_text(SECRET, timeout=60_000)
    yield page
    context.close()


def test_the_page_is_kept_and_right_for_both(cached, opened, chromium):
    url, home = cached
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in opened.context.cookies())
    got(url, LOCKED)  # the browser's own was compressed
    first, second = got(url, LOCKED), got(url, LOCKED, cookies)
    assert (first[0], first[1]["x-kept"], second[1]["x-kept"]) == (200, "HIT", "HIT")
    assert first[2] == second[2]
    assert "set-cookie" not in first[1]

    opened.reload()
    expect(part_of(opened)).to_contain_text(SECRET)
    stranger = chromium.new_context(base_url=url)
    page = stranger.new_page()
    page.goto(LOCKED)
    expect(page.locator(".smo-lock")).to_be_visible()
    assert SECRET not in page.content()
    stranger.close()

    show = opened.locator(".smo-lock").get_attribute("data-smo-lock")
    for _ in range(2):
        status, headers, body = got(url, show, cookies)
        assert (status, headers["x-kept"], SECRET in body.decode()) == (200, "MISS", True)
        status, headers, body = got(url, show)
        assert (status, SECRET in body.decode()) == (403, False)
    assert not [one for one in (home / "kept").rglob("*") if one.is_file() and SECRET.encode() in one.read_bytes()]
