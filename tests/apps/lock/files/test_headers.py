"""What goes with the bytes: a name that can't mislead, and no way to run as a page of the site."""

from __future__ import annotations

import logging

import pytest
from django.core.checks import run_checks
from django_sendfile.utils import _get_sendfile

from smo_kit.lock.models import Count
from smo_kit.lock.storage import readable_name, type_of
from tests.apps.lock.files.conftest import BODY, body_of, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def front(settings, folder):
    """A web server stands in front that sends files."""
    settings.SENDFILE_BACKEND = "django_sendfile.backends.nginx"
    settings.SENDFILE_ROOT = str(folder)
    settings.SENDFILE_URL = "/private-files"
    _get_sendfile.cache_clear()
    yield settings
    _get_sendfile.cache_clear()


def found(name):
    return [one for one in run_checks(tags=["smo_kit"]) if one.id == name]


def test_nobody_keeps_it_lists_it_or_runs_it(reader, link):
    response = reader.get(link)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="guide.pdf"'
    assert "Set-Cookie" not in response.headers


def test_the_etag_is_of_the_bytes(reader, link, file):
    assert reader.get(link)["ETag"] == f'"{file.sha256}"'
    assert len(file.sha256) == 64


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Гид.pdf", "attachment; filename*=utf-8''%D0%93%D0%B8%D0%B4.pdf"),
        ('A "book".pdf', 'attachment; filename="A book.pdf"'),
        ("a\r\nSet-Cookie: x=1.pdf", 'attachment; filename="a Set-Cookie x=1.pdf"'),
        ("../../etc/passwd.pdf", 'attachment; filename=".. .. etc passwd.pdf"'),
        ("evil\u202efdp.exe", 'attachment; filename="evil fdp.exe.pdf"'),
    ],
)  # fmt: skip
def test_a_name_is_safe_in_a_header(reader, page, name, header):
    upload(name="guide.pdf", slug="guide", title="T").delete()
    file = upload()
    file.name = name
    file.save()
    assert reader.get(reader.link(page))["Content-Disposition"] == header


def test_a_name_written_past_the_admin_is_safe_too(reader, page, file):
    type(file).objects.update(name="a\r\nX-Evil: 1.pdf")
    link = reader.link(page)
    response = reader.get(link)
    assert response.status_code in {200, 404}
    assert "X-Evil" not in response.headers


@pytest.mark.parametrize(
    ("wanted", "uploaded", "name"),
    [
        ("", "Guide.PDF", "Guide.PDF"),
        ("Our guide", "x.pdf", "Our guide.pdf"),
        ("Our guide.pdf", "x.pdf", "Our guide.pdf"),
        ("", "C:\\books\\a.epub", "a.epub"),
        ("…", "x.pdf", "….pdf"),
        ("///", "x.pdf", "x.pdf"),
        ("", "README", "README"),
        ("", "...", "file"),
        ("я" * 400, "x.pdf", "я" * 146 + ".pdf"),
    ],
)
def test_what_a_file_is_called(wanted, uploaded, name):
    assert readable_name(wanted, uploaded) == name


def test_the_web_server_sends_it(reader, link, file, front, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = reader.get(link)
    assert (response.status_code, response.content) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/private-files/{file.file.name}"
    assert response["Content-Disposition"] == 'attachment; filename="guide.pdf"'
    assert response["Content-Security-Policy"] == "sandbox"
    assert Count.objects.get(what="got").n == 1


def test_apache_sends_it(reader, link, file, front, folder):
    front.SENDFILE_BACKEND = "django_sendfile.backends.xsendfile"
    _get_sendfile.cache_clear()
    assert reader.get(link)["X-Sendfile"] == str(folder / file.file.name)


def test_for_a_range_the_web_server_is_asked_too(reader, link, front, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert "X-Accel-Redirect" in reader.get(link, Range="bytes=10-")
    assert Count.objects.get(what="got").n == 1


def test_who_goes_on_by_an_etag_of_the_web_server_begins_no_new_download(reader, link, front):
    for _ in range(20):
        response = reader.get(link, Range="bytes=9000-", If_Range='"65f0-2800"')
        assert "X-Accel-Redirect" in response
    assert "X-Accel-Redirect" in reader.get(link, Range="bytes=99999-", If_Range='"65f0-2800"')
    assert reader.get(link, Range="bytes=99999-").status_code == 416


def test_the_web_server_is_asked_for_the_head_too_and_that_is_no_download(reader, link, front):
    for _ in range(20):
        assert "X-Accel-Redirect" in reader.client.head(link)
    assert not Count.objects.filter(what="got").exists()


def test_no_address_of_the_web_server_is_told_to_a_stranger(link, client, front):
    response = client.get(link)
    assert response.status_code == 403
    assert "X-Accel-Redirect" not in response


def test_a_backend_that_reads_by_itself_is_not_used(reader, link, front):
    front.SENDFILE_BACKEND = "django_sendfile.backends.simple"
    assert body_of(reader.get(link, Range="bytes=0-9")) == BODY[:10]


def test_a_folder_that_the_web_server_has_not_is_sent_by_us(reader, link, front, tmp_path):
    front.SENDFILE_ROOT = str(tmp_path / "elsewhere")
    assert body_of(reader.get(link)) == BODY
    assert found("smo_kit.W812")[0].hint.startswith("SENDFILE_ROOT = ")


def test_the_right_folder_has_no_warning(front):
    assert found("smo_kit.W812") == []


def test_without_the_package_it_is_said(front, monkeypatch, reader, link):
    monkeypatch.setattr("smo_kit.lock.files.giving.sendfile", None)
    assert found("smo_kit.W811")
    assert body_of(reader.get(link)) == BODY


def test_a_file_lost_before_the_web_server_is_asked(reader, link, file, front, folder, caplog):
    (folder / file.file.name).unlink()
    with caplog.at_level(logging.ERROR):
        assert reader.get(link).status_code == 404


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("book.pdf", "application/pdf"),
        ("book.tar.gz", "application/gzip"),
        ("data.csv.gz", "application/gzip"),
        ("book.tar.bz2", "application/x-bzip"),
        ("book.tar.xz", "application/x-xz"),
        ("book", "application/octet-stream"),
    ],
)
def test_a_packed_file_has_the_type_of_its_packing(name, kind):
    assert type_of(name) == kind
