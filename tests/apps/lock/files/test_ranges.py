"""Ranges, resumed downloads and conditions, as RFC 9110 has them."""

from __future__ import annotations

import pytest

from smo_kit.lock.files.ranges import Beyond, Part, part_of
from tests.apps.lock.files.conftest import BODY, body_of, upload

pytestmark = pytest.mark.django_db

SIZE = len(BODY)


def part(asked, size=100, if_range=""):
    return part_of(asked, size, if_range=if_range, etag='"a"', modified="Thu, 01 Jan 2026 00:00:00 GMT")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-9", 0, 9),
        ("bytes=10-", 10, 99),
        ("bytes=90-500", 90, 99),
        ("bytes=-10", 90, 99),
        ("bytes=-500", 0, 99),
        ("BYTES=1-2", 1, 2),
        ("bytes= 1-2 ", 1, 2),
        ("bytes=0-", 0, 99),
    ],
)
def test_one_range_is_a_part(asked, first, last):
    assert part(asked) == Part(first, last, 100)


@pytest.mark.parametrize(
    "asked",
    [
        *("", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "lines=1-2", "bytes=0-1,5-6", "bytes=1-2-3"),
        *("bytes=--5", "bytes=+1-2", "bytes=1.0-2", "bytes=٠-٩", f"bytes={'9' * 5000}-", "bytes=0x1-2"),
    ],
)
def test_what_is_no_range_has_no_effect(asked):
    assert part(asked) is None


@pytest.mark.parametrize(
    "asked", ["bytes=100-", "bytes=100-200", "bytes=999999999999999999-", "bytes=-0", "bytes=500-2"]
)
def test_beyond_the_end_there_is_nothing(asked):
    with pytest.raises(Beyond):
        part(asked)


@pytest.mark.parametrize("asked", ["bytes=0-", "bytes=0-0", "bytes=-1"])
def test_an_empty_file_has_no_part(asked):
    with pytest.raises(Beyond):
        part(asked, size=0)


def test_if_range_wants_the_same_bytes():
    assert part("bytes=1-2", if_range='"a"') == Part(1, 2, 100)
    assert part("bytes=1-2", if_range="Thu, 01 Jan 2026 00:00:00 GMT") == Part(1, 2, 100)
    for other in ('"b"', 'W/"a"', "Thu, 01 Jan 2026 00:00:01 GMT", "a", "*"):
        assert part("bytes=1-2", if_range=other) is None


def test_the_whole_file_comes_with_its_length(reader, link):
    response = reader.get(link)
    assert (response.status_code, response["Content-Length"], response["Accept-Ranges"]) == (200, str(SIZE), "bytes")
    assert body_of(response) == BODY


@pytest.mark.parametrize(
    ("asked", "first", "end"), [("bytes=0-99", 0, 100), ("bytes=-7", -7, None), ("bytes=50-", 50, None)]
)
def test_a_part_comes_and_no_byte_more(reader, link, asked, first, end):
    response = reader.get(link, Range=asked)
    expected = BODY[first:end]
    first %= SIZE
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{first + len(expected) - 1}/{SIZE}"
    assert response["Content-Length"] == str(len(expected))
    assert body_of(response) == expected


def test_a_resumed_download_is_the_whole_one(reader, link):
    begun = reader.get(link, Range="bytes=0-3999")
    rest = reader.get(link, Range="bytes=4000-", If_Range=begun["ETag"])
    assert (begun["ETag"], rest.status_code) == (rest["ETag"], 206)
    assert body_of(begun) + body_of(rest) == BODY


def test_curl_goes_on_and_stops_at_the_end(reader, link):
    """``curl -C -`` asks for the rest without a condition, and of a whole file for what is after its end."""
    assert body_of(reader.get(link, Range="bytes=100-")) == BODY[100:]
    response = reader.get(link, Range=f"bytes={SIZE}-")
    assert (response.status_code, response["Content-Range"], response.content) == (416, f"bytes */{SIZE}", b"")


def test_a_file_that_has_changed_comes_whole(reader, page, file):
    etag = reader.get(reader.link(page))["ETag"]
    file.delete()
    upload(BODY[::-1])
    response = reader.get(reader.link(page), Range="bytes=4000-", If_Range=etag)
    assert response.status_code == 200
    assert body_of(response) == BODY[::-1]


def test_several_ranges_are_answered_by_the_whole(reader, link):
    response = reader.get(link, Range="bytes=0-1,5-6")
    assert response.status_code == 200
    assert body_of(response) == BODY


def test_head_says_the_same_without_a_byte(reader, link):
    response = reader.client.head(link, headers={"Range": "bytes=0-9"})
    assert (response.status_code, response["Content-Length"], response.content) == (200, str(SIZE), b"")
    assert response["ETag"] == reader.get(link)["ETag"]


def test_who_has_it_is_told_so(reader, link):
    response = reader.get(link)
    same = reader.get(link, If_None_Match=response["ETag"])
    assert same.status_code == 304
    assert reader.get(link, If_Match='"other"').status_code == 412


def test_a_middleware_that_compresses_leaves_it_alone(reader, link, settings):
    settings.MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *settings.MIDDLEWARE]
    response = reader.get(link, Accept_Encoding="gzip", Range="bytes=0-999")
    assert "Content-Encoding" not in response
    assert body_of(response) == BODY[:1000]
    assert not reader.get(link, Accept_Encoding="gzip")["ETag"].startswith("W/")


def test_a_file_changed_past_the_admin_has_another_etag(reader, link, file, folder):
    before = reader.get(link)["ETag"]
    (folder / file.file.name).write_bytes(b"short")
    response = reader.get(link, Range="bytes=1-", If_Range=before)
    assert (response.status_code, response["Content-Length"], body_of(response)) == (200, "5", b"short")


def test_a_giant_file_is_never_in_memory(reader, page, folder, db):
    file = upload(b"", name="film.mp4")
    with (folder / file.file.name).open("r+b") as opened:
        opened.truncate(8 * 1024**3)  # sparse: it takes no room
    response = reader.get(reader.link(page), Range="bytes=4294967296-")
    blocks = iter(response.streaming_content)
    assert response["Content-Length"] == str(4 * 1024**3)
    assert len(next(blocks)) == 64 * 1024
    whole = reader.get(reader.link(page))
    assert whole["Content-Length"] == str(8 * 1024**3)
    assert len(next(iter(whole.streaming_content))) == 64 * 1024
    response.close()
    whole.close()
