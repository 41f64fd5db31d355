from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any
from unittest import mock

import pytest
from django.db import connection, transaction

from smo_kit.core.signals import engaged
from smo_kit.core.subjects import Key, key_of
from smo_kit.engagement.services import buffer, record, report, total
from tests.apps.engagement.threads import together
from tests.blog.models import Post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def key() -> Key:
    return key_of(Post.objects.create(slug="a", title="A"))


def test_a_hit_is_in_the_database_when_record_returns(key: Key) -> None:
    record("viewed", key)

    assert total(key) == 1


def test_what_is_rolled_back_is_not_counted(key: Key) -> None:
    with transaction.atomic():
        record("viewed", key)
        transaction.set_rollback(True)

    assert total(key) == 0


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """What a listener finds counted when it hears of a hit."""
    found: list[int] = []

    def listener(subject: Key, **news: Any) -> None:
        found.append(total(subject))

    engaged.connect(listener)
    yield found
    engaged.disconnect(listener)


def test_nobody_hears_of_what_is_rolled_back(key: Key, heard: list[int]) -> None:
    with transaction.atomic():
        record("viewed", key)
        transaction.set_rollback(True)

    assert heard == []


def test_who_listens_hears_it_after_the_commit_when_it_is_counted(key: Key, heard: list[int]) -> None:
    with transaction.atomic():
        record("viewed", key)
        assert heard == []

    assert heard == [1]


def test_a_listener_whose_query_fails_leaves_the_caller_s_work_whole(key: Key) -> None:
    def listener(**news: Any) -> None:
        Post.objects.create(slug="a", title="There is one of this slug")

    engaged.connect(listener)
    try:
        with transaction.atomic():
            record("viewed", key)
            Post.objects.create(slug="b", title="The caller's")
    finally:
        engaged.disconnect(listener)

    assert Post.objects.filter(slug="b").exists()
    assert total(key) == 1


@pytest.mark.parametrize("inside", [False, True])
def test_what_goes_wrong_after_the_commit_is_logged_and_the_caller_goes_on(
    key: Key, inside: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(buffer, "add_all", mock.Mock(side_effect=RuntimeError("can't start new thread")))

    with transaction.atomic() if inside else nullcontext():
        assert record("viewed", key)

    assert "can't start new thread" in caplog.text


def test_a_row_that_can_never_be_written_is_dropped_and_the_others_are_kept(
    key: Key, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction.atomic():
        report("viewed", Key(2**70, "1"))
        report("viewed", key)
    buffer.flush()

    assert total(key) == 1
    assert not buffer._rows
    assert "refuses this count" in caplog.text


ONLY_READ = {
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
    "mysql": ("SET SESSION TRANSACTION READ ONLY", "SET SESSION TRANSACTION READ WRITE"),
    "sqlite": ("PRAGMA query_only = on", "PRAGMA query_only = off"),
}
"""As a database says no at a failover."""


def test_what_comes_while_the_database_can_only_be_read_is_counted_afterwards(key: Key) -> None:
    begin, end = ONLY_READ[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            record("viewed", key)
        finally:
            cursor.execute(end)
    assert total(key) == 0

    buffer.flush()

    assert total(key) == 1


def test_a_hit_inside_a_transaction_locks_nothing_before_it_has_come_true(key: Key) -> None:
    with transaction.atomic():
        record("viewed", key)
        assert total(key) == 0

    assert total(key) == 1


def test_threads_that_record_for_the_same_subject_lose_nothing(key: Key) -> None:
    def work(which: int) -> None:
        for _ in range(25):
            record("viewed", key)

    together(work, 4)

    assert total(key) == 100
