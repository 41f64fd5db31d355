"""What waits to be put in order is, a part at a time; what was put in order long ago is put in order again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.best.models import Text
from smo_kit.best.order import due
from smo_kit.best.order.due import rank_due, sweep_orders
from smo_kit.core.sweeps import run_sweeps
from tests.apps.best.shelf import alike, cards, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    settings.SMO_KIT = settings.SMO_KIT | {"BEST": {"fill": False}}
    made = list(cards([f"page{n}" for n in range(5)]).values())
    alike(made[0], {made[1]: 0.5})
    Text.objects.update(unranked=timezone.now())
    return made


def test_all_that_waits(site):
    assert rank_due(100, 10) == 5
    assert order(site[0]) == ["page1"]
    assert rank_due(100, 10) == 0


def test_no_more_than_asked_for_and_the_longest_wait_first(site):
    Text.objects.filter(card=site[3]).update(unranked=timezone.now() - dt.timedelta(hours=1))
    assert rank_due(1, 10) == 1
    assert Text.objects.get(card=site[3]).unranked is None
    assert Text.objects.to_rank().count() == 4


def test_one_part_at_least_however_little_time_there_is(site, monkeypatch):
    monkeypatch.setattr(due, "PART", 2)
    assert rank_due(100, 0) == 2


def test_what_is_to_be_read_again_is_put_in_order_by_what_is_known(site):
    """Its card's function may raise for days, and what an editor pins is seen at once."""
    Text.objects.filter(card=site[0]).update(due=timezone.now())
    assert rank_due(100, 10) == 5
    assert order(site[0]) == ["page1"]


def test_a_sweep_puts_in_order_what_can_not_be_read(site):
    Text.objects.update(unranked=None, ranked=timezone.now() - dt.timedelta(days=3), due=timezone.now())
    assert sweep_orders() == 5


def test_a_sweep_puts_in_order_what_was_long_ago(site):
    Text.objects.update(unranked=None, ranked=timezone.now() - dt.timedelta(hours=2))
    Text.objects.filter(card=site[0]).update(ranked=timezone.now() - dt.timedelta(days=3))
    assert sweep_orders() == 1
    assert order(site[0]) == ["page1"]


def test_a_sweep_does_not_do_all_at_once(site, monkeypatch):
    monkeypatch.setattr(due, "A_SWEEP", 2)
    Text.objects.update(unranked=None, ranked=timezone.now() - dt.timedelta(days=3))
    assert sweep_orders() == 2
    assert sweep_orders() == 2
    assert sweep_orders() == 1
    assert sweep_orders() == 0


def test_smo_sync_does_it(site):
    assert run_sweeps()["orders of related pages"] == 5


def test_what_fails_waits_for_the_next_time(site, monkeypatch):
    def fail(cards):
        Text.objects.filter(card__in=cards).update(unranked=None)
        raise RuntimeError

    monkeypatch.setattr(due, "rank", fail)
    with pytest.raises(RuntimeError):
        rank_due(100, 10)
    assert Text.objects.to_rank().count() == 5
