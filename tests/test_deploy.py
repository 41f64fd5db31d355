"""The configuration of docs/deploy, in front of a site: nginx does with it what the page says."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.core.signals import request_started

from smo_kit.core.limits import known_address
from tests.blog.models import Post
from tests.browser.demo import free_port
from tests.nginx import got, running

pytestmark = pytest.mark.django_db(transaction=True)

DOCS = Path(__file__).resolve().parents[1] / "docs" / "deploy"
TYPES = "types { text/html html; text/css css; text/javascript js; image/svg+xml svg; }\n"
"""What a machine's own mime.types says, of the files here."""
SCRIPT = "export const answer = 42;\n" * 100
TOLD = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"}
"""What a reader would like to be believed."""


def configured(home: Path, port: int, *sites: str) -> str:
    """Return the docs' configuration with paths and ports of a test. A line that has changed is an error here."""
    text = TYPES + (DOCS / "nginx.conf").read_text(encoding="utf-8")
    changes = {
        "server 127.0.0.1:8001;": f"server {sites[0]};",
        "server 127.0.0.1:8002 backup;": f"server {sites[1]} backup;",
        "listen 8000;": f"listen 127.0.0.1:{port};",
        "/srv/site/static/": f"{home}/static/",
        "/srv/site/media/": f"{home}/media/",
    }
    for line, other in changes.items():
        assert text.count(line) == 1, line
        text = text.replace(line, other)
    (home / "proxy.conf").write_text((DOCS / "proxy.conf").read_text(encoding="utf-8"))
    return text


@pytest.fixture
def home(tmp_path):
    """The folder of an nginx, with a static file and an upload."""
    for name, text in {"static/act.0123456789ab.js": SCRIPT, "media/drawing.svg": "<svg/>"}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def site(live_server, settings):
    """Where the site itself listens. It believes one proxy."""
    settings.SMO_KIT = settings.SMO_KIT | {"CORE": {**settings.SMO_KIT.get("CORE", {}), "trusted_proxies": 1}}
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    Post.objects.create(slug="bridges", title="Bridges of stone", lead="How they are built", body="Stone by stone.")
    return live_server.url.removeprefix("http://")


@pytest.fixture
def front(home, site):
    """The address of nginx. The first site of its upstream is gone: each page comes from the other."""
    port = free_port()
    with running(home, configured(home, port, f"127.0.0.1:{free_port()}", site), port) as url:
        yield url


@pytest.fixture
def asked():
    """What the site was asked, as WSGI has it."""
    found = []

    def note(environ, **kwargs):
        found.append(environ)

    request_started.connect(note)
    yield found
    request_started.disconnect(note)


def test_a_page_answers_small_and_with_the_readers_own_address(front, asked, rf):
    """Neither the address nor the scheme that he claims is believed."""
    status, headers, body = got(front, "/posts/bridges/", Accept_Encoding="gzip", **TOLD)
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert "Accept-Encoding" in headers["vary"]
    assert f'content="{front}/posts/bridges/"' in gzip.decompress(body).decode()
    (environ,) = [one for one in asked if one["PATH_INFO"] == "/posts/bridges/"]
    assert (environ["HTTP_X_FORWARDED_FOR"], environ["HTTP_X_FORWARDED_PROTO"]) == ("127.0.0.1", "http")
    assert known_address(rf.get("/", **{k: v for k, v in environ.items() if k.startswith("HTTP_X")})) == "127.0.0.1"


def test_the_site_itself_would_have_believed_the_reader(site, asked):
    """So nobody but the proxy may reach it."""
    body = got(f"http://{site}", "/posts/bridges/", **TOLD)[2]
    assert f'content="https://{site}/posts/bridges/"' in body.decode()


def test_it_says_whether_it_is_alive_and_ready(front):
    for path in ("/smo/health/", "/smo/ready/"):
        status, headers, body = got(front, path)
        assert (status, b'"ok"' in body, "no-store" in headers["cache-control"]) == (200, True, True), path


def test_static_files_are_kept_for_a_year_and_small(front, asked):
    status, headers, body = got(front, "/static/act.0123456789ab.js", Accept_Encoding="gzip")
    assert (status, gzip.decompress(body).decode()) == (200, SCRIPT)
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["vary"] == "Accept-Encoding"
    assert got(front, "/static/none.js")[0] == 404
    assert "immutable" not in got(front, "/static/none.js")[1].get("cache-control", "")
    assert [one for one in asked if one["PATH_INFO"].startswith("/static/")] == []


def test_uploads_run_nothing(front):
    status, headers, body = got(front, "/media/drawing.svg")
    assert (status, body, headers["x-content-type-options"]) == (200, b"<svg/>", "nosniff")
    assert headers["content-security-policy"].startswith("default-src 'none'")


def test_what_is_too_large_does_not_reach_the_site(front, asked):
    assert got(front, "/posts/bridges/", method="POST", Content_Length=str(20 * 2**20 + 1))[0] == 413
    assert [one for one in asked if one["REQUEST_METHOD"] == "POST"] == []


def test_figures_are_for_machines_that_are_named(home, site, asked):
    port = free_port()
    with running(home, configured(home, port, site, site).replace("allow 127.0.0.1;", ""), port) as url:
        assert got(url, "/smo/metrics/")[0] == 403
    assert [one for one in asked if one["PATH_INFO"] == "/smo/metrics/"] == []
