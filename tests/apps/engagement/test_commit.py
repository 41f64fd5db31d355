from __future__ import annotations

import pytest
from django.db import transaction

from smo_kit.core.subjects import Key, key_of
from smo_kit.engagement.services import record, total
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
