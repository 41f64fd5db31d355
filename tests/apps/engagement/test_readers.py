"""Readers are counted beside hits: an address once a day for a kind and a subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from smo_kit.core.signals import engaged
from smo_kit.core.subjects import Key, key_of
from smo_kit.engagement.kinds import READER, Kind, register_kind
from smo_kit.engagement.models import Count
from smo_kit.engagement.services import MOST, counts, report, total
from tests.blog.models import Post

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def committed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "on_commit", lambda callback, **kwargs: callback())


@pytest.fixture
def every_look() -> Iterator[None]:
    with override_settings(SMO_KIT={"ENGAGEMENT": {"repeat_seconds": 0, "buffer_seconds": 0}}):
        yield


def tell(subject: Post | Key, by: str = "8.8.4.4", **fields: str) -> None:
    client = Client(headers={"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"})
    answer = client.post(reverse("smo_engagement:seen"), {"o": key_of(subject).sign(), **fields}, REMOTE_ADDR=by)
    assert answer.status_code == 204


def readers(subject: Post, kind: str = "viewed") -> int:
    return total(subject, kind, facet=READER)


@pytest.mark.usefixtures("every_look")
def test_who_looks_again_is_one_reader(post: Post) -> None:
    for by in ("8.8.4.4", "8.8.4.4", "8.8.8.8"):
        tell(post, by)

    assert (total(post), readers(post)) == (3, 2)


@pytest.mark.usefixtures("every_look")
def test_the_next_day_he_is_a_reader_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(post)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    tell(post)

    assert readers(post) == 2


def test_of_another_page_he_is_another_reader(post: Post) -> None:
    other = Post.objects.create(slug="b", title="B")
    tell(post)
    tell(other)

    assert (readers(post), readers(other)) == (1, 1)


@pytest.mark.usefixtures("every_look")
def test_who_presses_many_buttons_is_one_reader_of_them(post: Post) -> None:
    for network in ("vk", "telegram", "vk"):
        tell(post, k="shared", n=network)

    assert readers(post, "shared") == 1
    assert counts(post) == {"vk": 2, "telegram": 1}
    assert readers(post) == 0


def test_a_kind_of_the_site_has_readers_too(post: Post) -> None:
    register_kind(Kind(id="downloaded", label="Downloaded", by_page=True))
    tell(post, k="downloaded")

    assert readers(post, "downloaded") == 1


def test_who_is_not_known_is_no_reader(post: Post) -> None:
    tell(post, "")

    assert (total(post), readers(post)) == (1, 0)


def test_a_look_that_does_not_count_asks_the_cache_nothing_more(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(post)
    asked: list[str] = []
    add = cache.add
    monkeypatch.setattr(cache, "add", lambda key, *rest: (asked.append(key), add(key, *rest))[1])
    tell(post)
    repeated = len([key for key in asked if key.startswith("smo:once:")])
    tell(post, "8.8.8.8")

    assert repeated == 1
    assert len([key for key in asked if key.startswith("smo:once:")]) - repeated == 2


def test_hit_and_reader_are_written_together(post: Post, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        report("viewed", key_of(post), is_reader_new=True)

    assert set(Count.objects.values_list("facet", "n")) == {("", 1), (READER, 1)}


def test_a_reader_is_no_second_piece_of_news(post: Post) -> None:
    heard: list[str] = []

    def listener(**news: Any) -> None:
        heard.append(news["facet"])

    engaged.connect(listener)
    try:
        report("viewed", key_of(post), is_reader_new=True)
    finally:
        engaged.disconnect(listener)

    assert heard == [""]


def test_a_report_may_name_a_facet_and_how_often(post: Post) -> None:
    register_kind(Kind(id="waited", label="Waited"))
    report("waited", key_of(post), facet="seconds", n=12)
    report("waited", key_of(post), facet="seconds", n=3)

    assert total(post, "waited", facet="seconds") == 15


@pytest.mark.parametrize("n", [0, -1, True, 1.5, MOST + 1], ids=str)
def test_a_report_of_no_whole_number_is_an_error(post: Post, n: Any) -> None:
    with pytest.raises(ValueError, match="give how often it was done"):
        report("viewed", key_of(post), n=n)
