"""How many visitors each share brings, and how sure that is."""

from __future__ import annotations

import pytest

from smo_kit.share.virality import ENOUGH, Virality


def test_it_is_visitors_for_each_link():
    assert Virality(4, 6).mean == 1.5


def test_of_no_links_nothing_is_said():
    none = Virality(0, 0)
    assert (none.mean, none.low, none.high) == (0, 0, 0)


@pytest.mark.parametrize("links", [1, 10, 100])
def test_nobody_at_all_is_no_proof_that_nobody_will(links):
    nobody = Virality(links, 0)
    assert nobody.low == pytest.approx(0, abs=1e-12)
    assert nobody.high == pytest.approx(3.84 / links, abs=0.01 / links)


def test_more_links_make_it_surer():
    few, many = Virality(10, 20, 50), Virality(1000, 2000, 5000)
    assert few.low < many.low < 2 < many.high < few.high


def test_one_link_that_brings_nearly_all_makes_it_less_sure():
    even, uneven = Virality(50, 100, 200), Virality(50, 100, 99**2 + 1)
    assert uneven.high - uneven.low > 3 * (even.high - even.low)


def test_few_links_are_called_few():
    assert Virality(ENOUGH - 1, 5).is_few
    assert not Virality(ENOUGH, 5).is_few
