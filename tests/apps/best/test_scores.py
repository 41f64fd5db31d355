"""Scores are worked out anew from the counts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.core.checks import run_checks
from django.core.management import call_command

from smo_kit.best.models import Score
from smo_kit.best.scores import renewing as renewal
from smo_kit.best.scores.renewing import renew_due_scores, renew_scores
from tests.apps.best.scored import VIEWS, card, done, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def best(settings):
    """Set settings of best materials."""

    def best(**values):
        settings.SMO_KIT = settings.SMO_KIT | {"BEST": values}

    return best


def test_who_more_people_read_is_better():
    for name, n in (("few", 2), ("many", 9)):
        done(card(name), VIEWS, n)
    assert renew_scores() == 8
    assert list(scores()) == ["many", "few"]


@pytest.mark.parametrize(
    ("weight", "act", "n"),
    [
        ("viewed", VIEWS, 5),
        ("minute", ("read", "seconds"), 3600),
        ("opened", ("shared", "reader"), 9),
        ("previewed", ("shared", "previewed"), 1),
        ("verified", ("shared", "verified"), 1),
        ("visited", ("shared", "visited"), 1),
        ("commented", ("commented", ""), 1),
        ("clicked", ("clicked", "related"), 9),
    ],
)
def test_each_weight_moves_the_order(best, weight, act, n):
    rival, other = card("rival"), card("other")
    done(other, ("commented", "") if weight != "commented" else ("shared", "visited"), 3)
    if act != VIEWS:
        done(rival, VIEWS, 10)
    done(rival, act, n)
    best(**{weight: 100})
    renew_scores()
    assert list(scores()) == ["rival", "other"]
    best(**{weight: 0})
    renew_scores()
    assert next(iter(scores())) == "other"


def test_looks_do_not_count_but_readers():
    page = card("a")
    done(page, ("viewed", ""), 1000)
    done(page, ("shared", "opened"), 1000)
    renew_scores()
    assert scores() == {}


@pytest.mark.parametrize(
    ("ago", "periods"),
    [
        (0, {"week", "month", "year", "ever"}),
        (6, {"week", "month", "year", "ever"}),
        (7, {"month", "year", "ever"}),
        (29, {"month", "year", "ever"}),
        (30, {"year", "ever"}),
        (364, {"year", "ever"}),
        (365, {"ever"}),
        (4000, {"ever"}),
    ],
)
def test_an_act_counts_in_the_periods_that_its_day_lies_in(ago, periods):
    done(card("a"), VIEWS, 3, ago=ago)
    renew_scores()
    assert set(Score.objects.values_list("period", flat=True)) == periods


def test_what_was_done_long_ago_counts_less_and_of_all_time_the_same():
    for name, ago in (("now", 0), ("half", 30), ("quarter", 60)):
        done(card(name), VIEWS, 1000, ago=ago)
    renew_scores()
    year = scores("year")
    assert year["half"] ** 2 == pytest.approx(year["now"] ** 2 / 2, rel=0.001)
    assert year["quarter"] ** 2 == pytest.approx(year["now"] ** 2 / 4, rel=0.001)
    assert len(set(scores("ever").values())) == 1


def test_without_a_half_life_age_does_not_count(best):
    best(half_life_days=0)
    for name, ago in (("now", 0), ("long ago", 300)):
        done(card(name), VIEWS, 10, ago=ago)
    renew_scores()
    assert len(set(scores("year").values())) == 1


def test_days_of_networks_and_facets_add_up():
    one, other = card("one"), card("other")
    done(one, ("clicked", "related"), 2)
    done(one, ("clicked", "best"), 2)
    done(other, ("clicked", "related"), 4)
    for page in (one, other):
        done(page, VIEWS, 5)
    renew_scores()
    assert scores()["one"] == scores()["other"]


def test_all_languages_of_a_subject_have_its_score():
    page = card("a")
    card("a", language="ru")
    done(page, VIEWS, 3)
    renew_scores()
    assert Score.objects.filter(period="week").count() == 2
    assert Score.objects.filter(period="week").values("score").distinct().count() == 1


def test_only_what_was_done_on_this_site_counts(settings):
    page = card("a")
    done(page, VIEWS, 3, site=2)
    assert renew_scores() == 0
    settings.SITE_ID = 2
    assert renew_scores() == 4
    settings.SITE_ID = 1
    assert renew_scores() == 0
    assert set(Score.objects.values_list("site_id", flat=True)) == {2}


def test_a_newcomer_with_many_readers_passes_an_older_page():
    old, new, unread = card("old", age=20), card("new", age=0), card("unread", age=0)
    done(old, VIEWS, 40, ago=1)
    done(new, VIEWS, 30)
    done(unread, VIEWS, 1)
    renew_scores()
    assert list(scores("week")) == ["new", "old", "unread"]


def test_a_page_of_tomorrow_and_one_without_a_date_have_scores():
    done(card("tomorrow", age=-1), VIEWS, 3)
    done(card("undated", published=None), VIEWS, 3)
    renew_scores()
    assert set(scores()) == {"tomorrow", "undated"}


class TestRows:
    """Rows are written when something has changed."""

    def test_what_stays_is_not_written_again(self, django_assert_num_queries):
        for name in "abc":
            done(card(name), VIEWS, 3)
        renew_scores()
        with django_assert_num_queries(6):  # a chunk and the end of them, its counts, its opinions, its scores, strays
            assert renew_scores() == 0

    def test_the_number_of_queries_does_not_grow_with_cards(self, django_assert_num_queries):
        for number in range(40):
            done(card(str(number)), VIEWS, 3)
        renew_scores()
        with django_assert_num_queries(6):
            renew_scores()

    def test_what_changed_is_written_and_nothing_else(self):
        pages = [card(name) for name in "ab"]
        for page in pages:
            done(page, VIEWS, 3)
        renew_scores()
        done(pages[0], ("commented", ""), 1)
        before = dict(Score.objects.values_list("pk", "score"))
        assert renew_scores() == 4
        assert {pk for pk, score in Score.objects.values_list("pk", "score") if before[pk] != score} == set(
            Score.objects.filter(card=pages[0]).values_list("pk", flat=True)
        )

    def test_a_change_that_is_too_small_is_not_written(self):
        page = card("a")
        done(page, VIEWS, 1_000_000)
        renew_scores()
        done(page, ("viewed", "reader"), 1, ago=1)
        assert renew_scores() == 0

    def test_those_of_a_card_that_is_gone_go(self):
        page = card("a")
        done(page, VIEWS, 3)
        renew_scores()
        page.delete()
        assert renew_scores() == 4
        assert not Score.objects.exists()

    def test_those_of_a_kind_that_is_left_out_now_go(self, best):
        done(card("a", kind="video"), VIEWS, 3)
        renew_scores()
        best(leave_out=["video"])
        assert renew_scores() == 4
        assert not Score.objects.exists()

    def test_those_of_a_page_whose_counts_are_gone_go(self, best):
        done(card("a"), VIEWS, 3)
        renew_scores()
        best(viewed=0)
        assert renew_scores() == 4
        assert not Score.objects.exists()

    def test_more_cards_than_a_chunk_all_have_scores(self, monkeypatch):
        monkeypatch.setattr(renewal, "CHUNK", 2)
        for name in "abcde":
            done(card(name), VIEWS, 3)
        assert renew_scores() == 20
        assert set(scores()) == set("abcde")


class TestDue:
    """smo_sync renews them when they are old."""

    def test_they_are_renewed_once_within_the_time(self):
        done(card("a"), VIEWS, 3)
        assert renew_due_scores() == 4
        done(card("b"), VIEWS, 3)
        assert renew_due_scores() == 0

    def test_another_worker_leaves_them_to_the_one_that_is_at_it(self, monkeypatch):
        asked = []
        monkeypatch.setattr(renewal, "renew_scores", lambda: asked.append(renew_due_scores()) or 7)
        assert renew_due_scores() == 7
        assert asked == [0]

    def test_what_fails_is_tried_again_the_next_time(self, monkeypatch):
        def fail():
            raise OSError("away")

        with monkeypatch.context() as patch:
            patch.setattr(renewal, "renew_scores", fail)
            with pytest.raises(OSError, match="away"):
                renew_due_scores()
        done(card("a"), VIEWS, 3)
        assert renew_due_scores() == 4

    def test_they_stay_for_as_many_minutes_as_the_settings_say(self, best, monkeypatch):
        best(renew_minutes=7)
        slots = []
        monkeypatch.setattr(cache, "add", lambda key, value, seconds: slots.append(seconds))
        renew_due_scores()
        assert slots == [7 * 60]

    def test_a_sync_renews_them_and_says_so(self, capsys):
        call_command("smo_sync")
        assert "scores of the best thrown away or brought up to date." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value", "least"),
    [("renew_minutes", 0, 1), ("viewed", -1, 0), ("commented", -1, 0), ("half_life_days", -1, 0)],
)
def test_a_wrong_value_is_named_by_check_and_the_default_holds(best, name, value, least):
    best(**{name: value})
    (wrong,) = [one for one in run_checks(tags=["smo_kit"]) if one.id == "smo_kit.E002"]
    assert name in wrong.msg
    assert f"must be {least} or more, not {value}" in wrong.msg
    done(card("a"), VIEWS, 3)
    assert renew_scores() == 4


def test_a_later_day_lets_the_score_fade(monkeypatch):
    done(card("a"), VIEWS, 100)
    renew_scores()
    before = scores("year")["a"]
    later = renewal.timezone.now() + dt.timedelta(days=30)
    monkeypatch.setattr(renewal.timezone, "now", lambda: later)
    renew_scores()
    assert scores("year")["a"] ** 2 == pytest.approx(before**2 / 2, rel=0.001)
