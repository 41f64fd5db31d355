"""The formula of what is best."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smo_kit.best.conf import BestConf
from smo_kit.best.scores.decay import part
from smo_kit.best.scores.worth import worth
from smo_kit.core.opinions import NO_OPINION, Opinion

VIEWS, SHARES, TIME = ("viewed", "reader"), ("shared", "reader"), ("read", "seconds")
CONF = BestConf()


def score(acts, conf=CONF, there=1.0, thought=NO_OPINION):
    return worth(acts, conf, there, thought)


@pytest.mark.parametrize(
    ("weight", "act", "n"),
    [
        ("viewed", VIEWS, 10),
        ("minute", TIME, 600),
        ("opened", SHARES, 5),
        ("previewed", ("shared", "previewed"), 5),
        ("verified", ("shared", "verified"), 5),
        ("visited", ("shared", "visited"), 5),
        ("commented", ("commented", ""), 5),
        ("clicked", ("clicked", "related"), 5),
    ],
)
def test_each_weight_moves_the_score_of_what_it_weighs(weight, act, n):
    acts = {VIEWS: 10.0, act: float(n)}
    none, some, much = (score(acts, replace(CONF, **{weight: value})) for value in (0, 1, 20))
    assert none < some < much


def test_what_nobody_did_anything_for_has_no_score():
    assert score({}) == 0


def test_the_weight_of_ratings_moves_the_score_of_a_page_that_is_rated():
    none, some, much = (score({VIEWS: 10.0}, replace(CONF, rated=n), 1.0, Opinion(5, 1.0)) for n in (0, 1, 20))
    assert none < some < much


@pytest.mark.parametrize(("mean", "better"), [(-1.0, False), (-0.5, False), (0.5, True), (1.0, True)])
def test_a_high_opinion_adds_and_a_low_one_takes_away(mean, better):
    plain = score({VIEWS: 100.0})
    rated = score({VIEWS: 100.0}, thought=Opinion(3, mean))
    assert rated > plain if better else rated < plain


def test_a_middling_opinion_changes_nothing():
    assert score({VIEWS: 100.0}, thought=Opinion(9, 0.0)) == score({VIEWS: 100.0})


@pytest.mark.parametrize("mean", [-1.0, 1.0], ids=["bad", "good"])
def test_an_opinion_without_readers_says_nothing(mean):
    assert score({("commented", ""): 2.0}, thought=Opinion(9, mean)) == score({("commented", ""): 2.0})


@pytest.mark.parametrize("readers", [0, 1, 20])
def test_many_ratings_of_few_readers_are_less_than_many_readers(readers):
    stuffed = score({VIEWS: float(readers)}, thought=Opinion(100_000, 1.0))
    assert stuffed < score({VIEWS: 500.0})
    assert stuffed <= score({VIEWS: readers * 6.0})


def test_one_busy_act_does_not_outweigh_what_all_others_do():
    quarrel = {VIEWS: 20.0, ("commented", ""): 200.0}
    good = {VIEWS: 400.0, ("commented", ""): 40.0, ("shared", "visited"): 30.0}
    assert score(quarrel) < score(good, thought=Opinion(20, 1.0))


def test_the_same_weights_suit_a_small_site_and_a_large_one():
    talked, shared = {VIEWS: 10.0, ("commented", ""): 4.0}, {VIEWS: 30.0, ("shared", "visited"): 1.0}
    large = [{act: n * 1000 for act, n in acts.items()} for acts in (talked, shared)]
    assert (score(talked) > score(shared)) == (score(large[0]) > score(large[1]))
    assert score(large[0]) / score(large[1]) == pytest.approx(score(talked) / score(shared), rel=0.001)


def test_one_reader_who_does_all_that_a_page_can_report_is_worth_less_than_five():
    busy = {VIEWS: 1.0, SHARES: 1.0, TIME: 100_000.0, ("clicked", "related"): 1_000.0}
    assert score(busy, there=0.01) < score({VIEWS: 5.0})


def test_what_is_reported_without_any_reader_counts_nothing():
    assert score({TIME: 100_000.0, ("clicked", "related"): 1_000.0}) == 0


def test_a_site_that_counts_no_views_still_counts_who_shares():
    assert score({SHARES: 5.0}) > score({SHARES: 2.0}) > 0


class TestNewcomers:
    """Who was there for a part of the period."""

    def test_many_readers_in_an_hour_are_more_than_as_many_in_a_week(self):
        assert score({VIEWS: 30.0}, there=0.1) > score({VIEWS: 60.0})

    def test_one_reader_does_not_win(self):
        assert score({VIEWS: 1.0}, there=0.1) < score({VIEWS: 2.0})

    def test_the_pace_of_a_first_day_is_not_believed_to_the_letter(self):
        assert score({VIEWS: 100.0}, there=1 / 7) < score({VIEWS: 700.0})


class TestPart:
    """How much of what can count lies in the last days of a period."""

    def test_without_decay_it_is_the_part_of_the_days(self):
        assert part(3, 30, 0) == pytest.approx(0.1)

    def test_with_decay_the_last_days_are_more(self):
        assert part(30, 365, 30) == pytest.approx(0.5, abs=0.01)

    @pytest.mark.parametrize("days", [7, 8, 1000])
    def test_who_was_there_for_all_of_it_has_the_whole(self, days):
        assert part(days, 7, 30) == 1
