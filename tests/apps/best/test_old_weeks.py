from __future__ import annotations

import datetime as dt

import pytest

from smo_kit.best.models import Offer, Pair
from smo_kit.best.order.together import read_together
from smo_kit.best.periods import monday
from smo_kit.best.told.old_weeks import forget_old_weeks
from smo_kit.core.sweeps import run_sweeps
from tests.apps.best.shelf import a_card, read

pytestmark = pytest.mark.django_db


def of_week(ago: int) -> None:
    week = monday() - dt.timedelta(weeks=ago)
    ends = {"first_type_id": 1, "first_pk": "1", "second_type_id": 1, "second_pk": "2"}
    Pair.objects.create(week=week, n=1, **ends)
    Offer.objects.create(week=week, block="best", page_type_id=0, page_pk="", shown_type_id=1, shown_pk="1", position=0)


def test_weeks_of_half_a_year_stay_and_older_ones_go_once() -> None:
    for ago in (0, 26, 27, 60):
        of_week(ago)

    assert forget_old_weeks() == 4
    assert forget_old_weeks() == 0
    assert (Pair.objects.count(), Offer.objects.count()) == (2, 2)


def test_the_sync_of_the_site_does_it() -> None:
    of_week(27)

    assert run_sweeps()["weeks of readers' choices"] == 2


def test_what_is_kept_counts_to_the_last_week() -> None:
    a, b = a_card("a"), a_card("b")
    read(a, b, 50, weeks_ago=26)

    forget_old_weeks()

    assert read_together([(a.content_type_id, "a")])


def test_nothing_is_read_of_weeks_that_are_to_go() -> None:
    a, b = a_card("a"), a_card("b")
    read(a, b, 50, weeks_ago=27)

    assert read_together([(a.content_type_id, "a")]) == {}


def test_many_rows_go_by_one_statement_a_table(django_assert_num_queries) -> None:
    for ago in range(30, 35):
        of_week(ago)

    with django_assert_num_queries(2):
        assert forget_old_weeks() == 10
