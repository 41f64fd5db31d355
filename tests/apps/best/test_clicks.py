"""What the statistics of offers say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from smo_kit.best.models import Offer
from smo_kit.best.periods import monday
from smo_kit.best.told.clicks import by_place
from smo_kit.core.rates import Rate


def row(
    shown_pk: str = "1", position: int = 0, shown: int = 10, clicked: int = 1, ago: int = 0, **columns: Any
) -> None:
    where = {"site_id": 1, "block": "related:cards", "page_type_id": 5, "page_pk": "9", "shown_type_id": 5} | columns
    week = monday() - dt.timedelta(weeks=ago)
    Offer.objects.create(**where, week=week, shown_pk=shown_pk, position=position, shown=shown, clicked=clicked)


@pytest.fixture
def rows(db: None) -> None:
    row("1", 0, 100, 5)
    row("2", 1, 100, 1)
    row("1", 1, 40, 4, ago=1, page_pk="8")
    row("3", 0, 10, 0, block="best:list", page_type_id=0, page_pk="")
    row("1", 0, 999, 99, ago=2)
    row("1", 0, 999, 99, site_id=2)


def test_each_place_of_each_block_over_the_last_weeks(rows: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = by_place(2)

    assert found == [
        ("best:list", 0, Rate(10, 0)),
        ("related:cards", 0, Rate(100, 5)),
        ("related:cards", 1, Rate(140, 5)),
    ]


def test_one_week_is_the_present_one(rows: None) -> None:
    assert by_place(1)[-1] == ("related:cards", 1, Rate(100, 1))


@pytest.mark.parametrize(
    ("shown", "clicked", "low", "high"),
    [(0, 0, 0, 1), (1, 1, 0.207, 1), (1, 0, 0, 0.793), (10, 1, 0.018, 0.404), (1000, 100, 0.083, 0.120)],
)
def test_few_showings_say_little(shown: int, clicked: int, low: float, high: float) -> None:
    """Against the figures of Wilson's formula as R's ``prop.test(correct=FALSE)`` gives them."""
    rate = Rate(shown, clicked)

    assert (rate.low, rate.high) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))
    assert rate.low <= rate.share <= rate.high


def test_more_clicks_than_showings_are_no_more_than_all() -> None:
    assert Rate(2, 3).share == 1
    assert Rate(2, 3).high == 1
