"""What is usual on a site is counted by the sweep; nobody who saves a page waits for it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smo_kit.best.models import Pair
from smo_kit.best.order import usual
from smo_kit.best.order.attraction import RATE, usual_rates
from smo_kit.best.order.due import sweep_orders
from smo_kit.best.order.ranking import rank
from smo_kit.best.order.together import read_together
from smo_kit.best.order.usual import Usual
from tests.apps.best.shelf import a_card, read, shown

pytestmark = pytest.mark.django_db


class Counted(Usual[int]):
    """The pairs, counted; it says how often it was."""

    def __init__(self):
        super().__init__("pairs", Pair.objects.order_by, self._count)
        self.times = 0

    def _count(self, rows):
        self.times += 1
        return rows.count()


@pytest.fixture
def pairs():
    return Counted()


@pytest.fixture
def large(monkeypatch):
    """Let a table of one row be a large one."""
    monkeypatch.setattr(usual, "FEW", 1)
    one, *others = (a_card(name) for name in "abc")
    for other in others:
        read(one, other, 10)
    return one, *others


def test_a_small_table_is_read_at_once_and_then_believed(pairs):
    read(a_card("a"), a_card("b"), 1)
    assert [pairs.known(), pairs.known()] == [1, 1]
    assert pairs.times == 1


def test_nothing_is_believed_too_long_of_a_small_table(pairs):
    assert pairs.known() == 0
    read(a_card("a"), a_card("b"), 1)
    cache.clear()
    assert pairs.known() == 1


def test_a_large_table_is_read_by_the_sweep_alone(pairs, large):
    assert pairs.known() is None
    pairs.renew()
    assert (pairs.known(), pairs.times) == (2, 1)


def test_the_sweep_reads_it_now_and_then(pairs, large):
    pairs.renew()
    pairs.renew()
    assert pairs.times == 1


def test_a_page_is_put_in_order_without_reading_a_large_table(large):
    one, other, third = large
    for place, page in enumerate((other, third)):
        shown(one, page, place, 10, 0)
    with CaptureQueriesContext(connection) as captured:
        rank([one.pk])
    whole = [sql for sql in (query["sql"] for query in captured) if "SUM(" in sql and "_pk" not in sql]
    assert whole == []


def test_rates_are_those_of_the_last_sweep(large):
    one, other, third = large
    shown(one, other, 0, 1000, 500)
    shown(one, third, 1, 1000, 0)
    assert usual_rates() == {}
    sweep_orders()
    assert usual_rates()["related", 0] > 10 * RATE


def test_before_the_first_sweep_too_much_passes_for_chance_rather_than_too_little(large):
    one, *_ = large
    for number in range(20):
        read(a_card(f"x{number}"), a_card(f"y{number}"), 10)
    subject = (one.content_type_id, one.object_pk)
    before = read_together([subject])[subject]
    sweep_orders()
    after = read_together([subject])[subject]
    assert all(0 < before[page] < after[page] for page in after)
