from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.test.utils import CaptureQueriesContext

from smo_kit.best.models import Offer
from smo_kit.engagement.models import Count
from smo_kit.engagement.upsert import CHUNK, add, add_each
from tests.apps.engagement.threads import together

DAY = dt.date(2026, 11, 22)


def row(pk: str = "1", network: str = "") -> tuple[Any, ...]:
    return (1, 1, pk, "viewed", network, "", DAY)


def put(rows: Mapping[tuple[Any, ...], int]) -> None:
    add(Count, Count.identity, "n", rows, using="default")


def numbers() -> dict[tuple[str, str], int]:
    return {(one.object_pk, one.network): one.n for one in Count.objects.all()}


@pytest.mark.django_db
def test_what_is_new_is_made_and_what_is_there_is_added_to_in_one_statement() -> None:
    put({row("1"): 5})

    with CaptureQueriesContext(connections["default"]) as queries:
        put({row("1"): 2, row("2"): 7, row("1", "vk"): 1})

    assert numbers() == {("1", ""): 7, ("2", ""): 7, ("1", "vk"): 1}
    assert len(queries) == 1


@pytest.mark.django_db
def test_several_counters_of_a_row_get_a_number_each() -> None:
    where = {"week": DAY, "block": "best", "page_type_id": 0, "page_pk": "", "shown_type_id": 1, "position": 0}
    key = tuple({"site_id": 1, **where, "shown_pk": "1"}[name] for name in Offer.identity)

    for numbers in ((2, 1), (3, 0)):
        add_each(Offer, Offer.identity, ("shown", "clicked"), {key: numbers}, using="default")

    assert Offer.objects.values_list("shown", "clicked").get() == (5, 1)


@pytest.mark.django_db
def test_the_day_and_the_site_keep_rows_apart() -> None:
    put({row(): 1, (*row()[:-1], DAY + dt.timedelta(days=1)): 1, (2, *row()[1:]): 1})

    assert Count.objects.count() == 3


@pytest.mark.django_db
def test_a_number_may_be_greater_than_32_bits_and_less_than_nothing() -> None:
    put({row("1"): 2**40, row("2"): 3})
    put({row("1"): 2**40, row("2"): -1})

    assert numbers() == {("1", ""): 2**41, ("2", ""): 2}


@pytest.mark.django_db
def test_any_text_is_a_value_and_never_a_part_of_the_statement() -> None:
    odd = "%s'\"`; DROP TABLE x -- ы😀\\"

    put({row(odd): 1})
    put({row(odd): 1})

    assert numbers() == {(odd, ""): 2}


@pytest.mark.django_db
def test_a_full_chunk_fits_into_one_statement() -> None:
    put({row(str(pk)): 1 for pk in range(CHUNK)})

    assert Count.objects.count() == CHUNK


def test_rows_go_in_the_order_of_their_keys_so_that_writers_do_not_block_each_other(db: None) -> None:
    with CaptureQueriesContext(connections["default"]) as queries:
        put({row("2"): 1, row("1", "vk"): 1, row("1"): 1})

    sent = queries[0]["sql"].split("VALUES", 1)[1]
    assert sent.index("vk") < sent.rindex("viewed")
    assert list(numbers()) == [("1", ""), ("1", "vk"), ("2", "")]


@pytest.mark.django_db(transaction=True)
def test_threads_that_add_to_the_same_rows_lose_nothing() -> None:
    def work(which: int) -> None:
        for _ in range(25):
            patiently({row("1"): 1, row("2"): 2} if which % 2 else {row("2"): 2, row("1"): 1})

    together(work, 4)

    assert numbers() == {("1", ""): 100, ("2", ""): 200}


def patiently(rows: Mapping[tuple[Any, ...], int]) -> None:
    """SQLite in memory lets one write and sends the others away; MariaDB may, before a row is there."""
    for _ in range(100_000):
        try:
            return put(rows)
        except OperationalError as error:
            if "lock" not in str(error).lower():
                raise
    raise AssertionError("The table stayed locked.")
