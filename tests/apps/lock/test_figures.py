"""How often a lock was shown, tried and opened, as the admin shows it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from smo_kit.core.rates import Rate
from smo_kit.lock.desk.figures import Funnel, figures_of, funnels, verdict_of
from smo_kit.lock.models import Lock
from tests.apps.lock.desk_locks import LOCKS, lock_of, post, put, soup, words


@pytest.fixture
def lock(db: None) -> Lock:
    lock = lock_of(post("Bridges"), "recipe")
    put(lock, "shown", 1000, variant="a")
    put(lock, "shown", 900, variant="b", ago=8)
    for way, network, variant, tried, opened in (
        ("share", "vk", "a", 100, 60),
        ("share", "x", "b", 50, 10),
        ("wait", "", "a", 40, 40),
    ):
        columns = {"way": way, "network": network, "variant": variant}
        put(lock, "tried", tried, **columns)
        put(lock, "opened", opened, **columns)
    put(lock, "opened", 7, ago=100, way="wait")
    return lock


def test_all_of_it_by_way_network_and_teaser(lock: Lock, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = figures_of(lock.pk, 30)

    assert str(found.whole) == "1900 → 190 → 110"
    ways, networks, teasers = found.tables
    assert [(str(row.label), row.tried, row.opened) for row, _bar in ways.rows] == [
        ("Sharing the page", 150, 70),
        ("Waiting", 40, 40),
    ]
    assert [(row.label, bar.of) for row, bar in networks.rows] == [("VK", Rate(100, 60)), ("X", Rate(50, 10))]
    assert [(row.label, bar.of) for row, bar in teasers.rows] == [
        ("First teaser", Rate(1000, 100)),
        ("Second teaser", Rate(900, 10)),
    ]


@pytest.mark.parametrize(("days", "shown", "opened"), [(7, 1000, 110), (30, 1900, 110), (0, 1900, 117)])
def test_of_a_period(lock: Lock, days: int, shown: int, opened: int) -> None:
    whole = figures_of(lock.pk, days).whole

    assert (whole.shown, whole.opened) == (shown, opened)


def test_of_many_locks_in_one_query(lock: Lock, django_assert_num_queries: Any) -> None:
    other = lock_of(post())
    put(other, "shown", 5)
    with django_assert_num_queries(1):
        found = funnels([lock.pk, other.pk, 0])

    assert {pk: str(one) for pk, one in found.items()} == {lock.pk: "1900 → 190 → 110", other.pk: "5 → 0 → 0"}


def teaser(shown: int, opened: int) -> Funnel:
    return Funnel("", shown, opened, opened)


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        ((1000, 200), (1000, 100), "The first teaser is better"),
        ((1000, 100), (1000, 200), "The second teaser is better"),
        ((1000, 100), (1000, 110), "It can't be told yet which is better: they are as good"),
        ((1000, 200), (99, 1), "It can't be told yet which is better: each must be shown 100 times"),
        ((0, 0), (0, 0), "each must be shown 100 times, they were 0 and 0."),
    ],
)
def test_which_teaser_is_better(a: tuple[int, int], b: tuple[int, int], sentence: str) -> None:
    assert sentence in verdict_of(teaser(*a), teaser(*b))


def test_the_page_says_it(lock: Lock, admin_client: Client) -> None:
    answer = admin_client.get(f"{LOCKS}{lock.pk}/numbers/")

    text = words(answer)
    assert "Shown: 1900 → tried: 190 → opened: 110" in text
    assert "The first teaser is better" in text
    assert [one.text for one in soup(answer).select(".smo-desk caption")] == ["By way", "By network", "By teaser"]
    assert "60.0 %" in text


@pytest.mark.parametrize(("asked", "days"), [("7", "7"), ("0", "0"), ("", "30"), ("x", "30"), ("9999", "30")])
def test_the_page_is_of_a_period(lock: Lock, admin_client: Client, asked: str, days: str) -> None:
    answer = admin_client.get(f"{LOCKS}{lock.pk}/numbers/?days={asked}")

    assert soup(answer).select_one("option[selected]")["value"] == days


def test_a_lock_that_nobody_has_tried_says_so(admin_client: Client) -> None:
    lock = lock_of(post())
    put(lock, "shown", 5)
    text = words(admin_client.get(f"{LOCKS}{lock.pk}/numbers/"))

    assert "Nobody has tried to open it in this period." in text
    assert "better" not in text


def test_no_rate_goes_above_the_whole() -> None:
    one = Funnel("", 1, 7, 4)
    assert (one.opening.share, one.opening.times, one.succeeding.share) == (1, 4, 4 / 7)
    assert Funnel("", 9, 1, 2).succeeding.share == 1


def test_two_teasers_have_a_table_before_they_are_shown(admin_client: Client) -> None:
    lock = lock_of(post(), options={"title_b": "Two"})
    answer = admin_client.get(f"{LOCKS}{lock.pk}/numbers/")

    assert [one.text for one in soup(answer).select(".smo-desk caption")] == ["By teaser"]
    assert words(answer).count("not shown yet") == 2
    assert "Nobody has tried to open it in this period." in words(answer)


def test_a_way_and_a_network_that_are_gone_are_shown_by_their_ids(db: None) -> None:
    lock = lock_of(post())
    put(lock, "tried", 5, way="dance", network="orkut")

    assert [row.label for table in figures_of(lock.pk, 7).tables for row, _bar in table.rows] == ["dance", "orkut"]
