"""Downloads behind nginx, configured by the very lines of the docs: it sends what Django allows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core import signing
from django_sendfile.utils import _get_sendfile

from smo_kit.core.visitors import COOKIE
from tests.apps.lock.files.conftest import BODY, Reader, upload
from tests.blog.models import Post
from tests.nginx import got, running_nginx

pytestmark = pytest.mark.django_db(transaction=True)

DOCS = Path(__file__).resolve().parents[4] / "docs" / "apps" / "downloads.md"
SENDFILE = re.search(r"```nginx\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[1]
STRANGER = "This link was made for another browser or account"


@pytest.fixture
def front(live_server, settings, folder, tmp_path):
    """The address of an nginx that stands before the site, and has its folder of private files."""
    settings.SENDFILE_BACKEND = "django_sendfile.backends.nginx"
    settings.SENDFILE_ROOT = str(folder)
    settings.SENDFILE_URL = "/private-files"
    _get_sendfile.cache_clear()
    assert "/srv/example/files/" in SENDFILE
    others = SENDFILE.replace("/srv/example/files/", f"{folder}/")
    with running_nginx(tmp_path / "nginx", live_server.url, others=others) as url:
        yield url
    _get_sendfile.cache_clear()


@pytest.fixture
def file(front):
    return upload()


@pytest.fixture
def reader(file):
    return Reader()


@pytest.fixture
def link(reader):
    return reader.link(Post.objects.create(slug="bridges", title="Bridges of stone"))


@pytest.fixture
def get(front, reader):
    """Ask as the reader, who shows his cookie."""

    def ask(path, method="GET", **headers):
        return got(front, path, f"{COOKIE}={reader.client.cookies[COOKIE].value}", method, **headers)

    return ask


def test_the_reader_gets_the_file_with_its_headers(get, link):
    status, headers, body = get(link)
    assert (status, body) == (200, BODY)
    wanted = {
        "content-type": "application/pdf",
        "content-disposition": 'attachment; filename="guide.pdf"',
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox",
        "x-robots-tag": "noindex",
        "content-length": str(len(BODY)),
    }
    assert {name: headers.get(name) for name in wanted} == wanted
    assert "x-accel-redirect" not in headers


def test_a_head_says_what_a_get_says_without_a_byte(get, link):
    told, given = get(link, "HEAD"), get(link)
    assert (told[0], told[2]) == (200, b"")
    for name in ("content-length", "etag", "last-modified", "content-type", "content-disposition", "cache-control"):
        assert told[1][name] == given[1][name], name


def test_a_download_that_broke_off_goes_on_by_the_servers_own_etag(get, link):
    status, headers, _ = get(link)
    for _ in range(20):
        status, rest, body = get(link, Range="bytes=9000-", If_Range=headers["etag"])
        assert (status, body) == (206, BODY[9000:])
        assert rest["content-range"] == f"bytes 9000-{len(BODY) - 1}/{len(BODY)}"
    assert get(link, Range="bytes=9000-", If_Range='"another"')[2] == BODY
    assert get(link, Range=f"bytes={len(BODY)}-")[0] == 416


def test_nobody_else_gets_a_byte(front, link, file):
    for cookie in ("", f"{COOKIE}={Reader().client.cookies[COOKIE].value}"):
        status, headers, body = got(front, link, cookie)
        assert (status, STRANGER in body.decode()) == (403, True)
        assert "no-store" in headers["cache-control"]
    for path in (f"/private-files/{file.file.name}", "/private-files/", f"/private-files/../{file.file.name}"):
        assert got(front, path)[0] in {400, 404}


def test_a_link_that_has_run_out_gives_nothing(get, link, monkeypatch):
    monkeypatch.setattr(signing.time, "time", lambda real=signing.time.time: real() + 3601)
    status, _, body = get(link)
    assert (status, "has run out" in body.decode()) == (410, True)
