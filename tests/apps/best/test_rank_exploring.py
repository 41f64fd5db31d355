"""A few places try other pages: the same for everybody within a period, and each page in its turn."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from smo_kit.best.models import Neighbour
from smo_kit.best.order.exploring import explored, period_of, tries
from smo_kit.best.suggestions import CHOSEN, NEW, TEXT, TRIED
from smo_kit.core.subjects import Key

KEY = Key(1, "page", "en")
NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)


def rows(*, pins: int = 0, related: int = 16, new: int = 0, worth: int = 50) -> list[Neighbour]:
    kinds = [CHOSEN] * pins + [TEXT] * related + [NEW] * new
    return [Neighbour(other_id=n, reason=reason, place=n, worth=worth) for n, reason in enumerate(kinds)]


def shown(some, *, day: float = 0, key: Key = KEY, limit: int = 4, share: int = 25) -> list[int]:
    moment = NOON + dt.timedelta(days=day)
    return [row.other_id for row in explored(some, key, limit=limit, share=share, hours=24, moment=moment)]


@pytest.mark.parametrize(
    ("limit", "share", "chance", "many"),
    [
        (4, 25, 0.0, 1),
        (4, 25, 0.99, 1),
        (4, 10, 0.59, 0),
        (4, 10, 0.61, 1),
        (3, 10, 0.5, 0),
        (12, 25, 0.5, 3),
        (12, 0, 0.99, 0),
    ],
)
def test_so_many_places_try(limit, share, chance, many):
    assert tries(limit, share, chance) == many


def test_over_the_periods_so_many_places_try_as_the_site_says():
    tried = sum(any(one >= 4 for one in shown(rows(), day=day, share=10)) for day in range(500))
    assert 160 < tried < 240


def test_a_try_is_named_and_the_first_place_stays():
    for day in range(50):
        found = explored(rows(), KEY, limit=4, share=25, hours=24, moment=NOON + dt.timedelta(days=day))
        assert [row.reason for row in found].count(TRIED) == 1
        assert found[0].other_id == 0
        assert len({row.other_id for row in found}) == 4


def test_what_stands_before_keeps_its_order():
    for day in range(20):
        found = shown(rows(), day=day)
        assert [one for one in found if one < 4] == [0, 1, 2]


def test_everybody_sees_the_same_within_a_period_and_something_else_later():
    key = next(key for key in (Key(1, str(n), "en") for n in range(99)) if _same_period(key))
    assert shown(rows(), key=key) == shown(rows(), key=key, day=0.2)
    assert len({tuple(shown(rows(), key=key, day=day)) for day in range(20)}) > 10


def _same_period(key: Key) -> bool:
    return period_of(key, 24, NOON) == period_of(key, 24, NOON + dt.timedelta(days=0.2))


def test_pages_change_at_different_moments():
    changes = {period_of(Key(1, str(n)), 24, NOON) for n in range(50)}
    assert len(changes) == 2


def test_every_page_has_its_turn_at_every_place_but_the_first():
    seen, places = Counter(), Counter()
    for day in range(300):
        found = shown(rows(), day=day)
        tried = next(one for one in found if one >= 4)
        seen[tried] += 1
        places[found.index(tried)] += 1
    assert set(seen) == set(range(4, 16))
    assert set(places) == {1, 2, 3}
    assert min(seen.values()) > 8


def test_what_is_worth_more_is_tried_the_oftener():
    seen = Counter()
    for day in range(300):
        some = rows()
        some[5].worth = 500
        seen.update(one for one in shown(some, day=day) if one >= 4)
    assert seen[5] > 100
    assert len(seen) == 12


def test_pins_stay_and_are_not_tried():
    for day in range(30):
        assert shown(rows(pins=3, related=5), day=day)[:3] == [0, 1, 2]
        assert shown(rows(pins=6, related=5), day=day) == [0, 1, 2, 3]


def test_what_has_nothing_in_common_is_not_tried_unless_such_stand_there_already():
    for day in range(20):
        assert shown(rows(related=4, new=9), day=day) == [0, 1, 2, 3]
    assert any(max(shown(rows(related=2, new=9), day=day)) > 3 for day in range(5))


@pytest.mark.parametrize("few", [0, 1, 4])
def test_where_there_is_nothing_to_try_all_stays(few):
    assert shown(rows(related=few)) == list(range(few))


def test_not_where_a_site_wants_no_tries():
    assert shown(rows(), share=0) == [0, 1, 2, 3]
