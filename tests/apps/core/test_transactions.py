"""Who loses a deadlock tries again."""

from __future__ import annotations

import pytest
from django.db import OperationalError, transaction

from smo_kit.core import transactions
from smo_kit.core.models import Place
from smo_kit.core.transactions import TRIES, patiently


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
