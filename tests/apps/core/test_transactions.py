"""Who loses a deadlock tries again."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from smo_kit.core import transactions
from smo_kit.core.models import Place
from smo_kit.core.transactions import TRIES, free, patiently


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(transactions, "PAUSE", 0)


def losing(times: int):
    """Return work that loses so many deadlocks before it is done."""
    tries = []

    def work() -> int:
        Place.objects.create(path=f"/{len(tries)}/")
        tries.append(1)
        if len(tries) <= times:
            raise OperationalError("Deadlock found")
        return len(tries)

    return work, tries


@pytest.mark.django_db(transaction=True)
def test_work_is_done_once_however_often_it_was_tried():
    work, _ = losing(TRIES - 1)
    assert patiently(work) == TRIES
    assert list(Place.objects.values_list("path", flat=True)) == [f"/{TRIES - 1}/"]


@pytest.mark.django_db(transaction=True)
def test_patience_ends():
    work, tries = losing(99)
    with pytest.raises(OperationalError):
        patiently(work)
    assert len(tries) == TRIES
    assert not Place.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_within_a_transaction_of_another_it_is_tried_once():
    work, tries = losing(1)
    with pytest.raises(OperationalError), transaction.atomic():
        patiently(work)
    assert len(tries) == 1


@pytest.mark.django_db(transaction=True)
def test_other_errors_that_pass_are_waited_for_where_one_says_so():
    tries = []

    def work() -> int:
        tries.append(1)
        if len(tries) < 2:
            raise IntegrityError("a row is gone that was there just now")
        return len(tries)

    assert patiently(work, IntegrityError) == 2
    tries.clear()
    with pytest.raises(IntegrityError):
        patiently(work)


@pytest.mark.django_db(transaction=True)
def test_rows_that_another_has_in_hand_are_left_to_it():
    if not connection.features.has_select_for_update_skip_locked:
        pytest.skip("this database has one lock for all")
    held, left = Place.objects.create(path="/held/"), Place.objects.create(path="/left/")
    found: list[list[int]] = []

    def take() -> None:
        with transaction.atomic():
            found.append(list(free(Place.objects.order_by("pk")).values_list("pk", flat=True)))
        connection.close()

    with transaction.atomic():
        assert list(free(Place.objects.filter(pk=held.pk))) == [held]
        other = threading.Thread(target=take)
        other.start()
        other.join()
    assert found == [[left.pk]]
