"""A list of what is best."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.best.conf import BestConf
from smo_kit.best.index.cards import keep_tags
from smo_kit.best.models import Pick, Score, Tagged, Text
from smo_kit.best.services import best_of
from smo_kit.best.tag_names import folded_each
from smo_kit.core.subjects import Key
from tests.apps.best.scored import card, names

pytestmark = pytest.mark.django_db


def scored(name: str, score: float, *, period: str = "month", site: int = 1, **columns):
    row = card(name, **columns)
    Score.objects.create(site_id=site, card=row, period=period, score=score)
    return row


def pick(row, *, verb: str = Pick.Verb.PICK, since: float | None = None, until: float | None = None, **columns):
    """Pick a card's subject, from and until so many days from now."""
    now = timezone.now()
    since, until = (None if one is None else now + dt.timedelta(days=one) for one in (since, until))
    subject = {"content_type": row.content_type, "object_pk": row.object_pk}
    return Pick.objects.create(verb=verb, since=since, until=until, **subject, **columns)


@pytest.fixture
def three(db):
    """Three pages, the best first; the newest last."""
    return [scored(name, score, age=age) for name, score, age in (("a", 3, 30), ("b", 2, 20), ("c", 1, 10))]


def test_the_best_come_first(three):
    assert names() == ["a", "b", "c"]


def test_no_more_than_there_is_room_for(three):
    assert names(limit=2) == ["a", "b"]


def test_a_period_has_its_own_order(three):
    Score.objects.create(card=three[2], period="week", score=9)
    assert names(period="week", fill=False) == ["c"]


def test_the_newest_come_first_where_that_is_asked_for(three):
    card("tomorrow", age=-1)
    card("undated", published=None)
    assert names(period="new") == ["c", "b", "a"]


def test_what_is_tied_always_comes_in_one_order():
    for name in "cab":
        scored(name, 1)
    assert names() == names() == ["c", "a", "b"]
    assert names(limit=1) == ["c"]


def test_scores_of_another_site_are_not_asked_for(settings, three):
    scored("theirs", 9, site=2)
    assert names(fill=False) == ["a", "b", "c"]
    settings.SITE_ID = 2
    assert names(fill=False) == ["theirs"]


@pytest.mark.parametrize("asked", ["Straße", "STRASSE", "straße"])
def test_a_tag_is_found_however_it_is_written(asked):
    for name, tag in (("a", "Straße"), ("b", "Weg")):
        keep_tags(card(name).pk, folded_each([tag]))
    assert names(period="new", tag=asked) == ["a"]


class TestWhy:
    """A reader may be told why a page is there."""

    def test_each_turn_has_its_reason(self, three):
        pick(three[2])
        Score.objects.filter(card=three[1]).delete()
        assert [one.reason for one in best_of(BestConf(), "en")] == ["chosen", "best", "new"]

    def test_a_suggestion_has_the_subject_and_the_card(self, three):
        (first,) = best_of(BestConf(limit=1), "en")
        assert first.key == three[0].key
        assert (first.card.title, first.card.url) == ("a", "/a/")


class TestFill:
    """Where too few are scored, the newest follow."""

    def test_the_newest_follow_without_repeating_any(self, three):
        card("new", age=1)
        card("newer", age=0)
        assert names(limit=4) == ["a", "b", "c", "newer"]

    def test_a_site_without_counts_shows_the_newest(self):
        card("a", age=2)
        card("b", age=1)
        assert names() == ["b", "a"]

    def test_none_follow_where_the_settings_say_so(self):
        card("a")
        assert names(fill=False) == []


class TestPicks:
    """What editors pick stands before the best."""

    def test_in_their_order(self, three):
        pick(three[1], place=2)
        pick(three[2], place=1)
        assert names() == ["c", "b", "a"]

    def test_of_one_place_the_older_pick_comes_first(self, three):
        pick(three[2])
        pick(three[1])
        assert names() == ["c", "b", "a"]

    @pytest.mark.parametrize("language", ["", "*"])
    def test_not_before_the_newest(self, three, language):
        pick(three[0])
        assert names(period="new", language=language) == ["c", "b", "a"]
        assert names(period="new", language=language, fill=False) == ["c", "b", "a"]

    @pytest.mark.parametrize(
        ("since", "until", "holds"),
        [
            (None, None, True),
            (-1, None, True),
            (1, None, False),
            (None, 1, True),
            (None, -1, False),
            (-2, -1, False),
            (-1, 1, True),
        ],
    )
    def test_while_they_hold(self, three, since, until, holds):
        pick(three[2], since=since, until=until)
        assert (names()[0] == "c") is holds

    @pytest.mark.parametrize(("until", "shown"), [(None, False), (1, False), (-1, True)])
    def test_what_they_want_nowhere_is_nowhere_for_as_long(self, three, until, shown):
        pick(three[0], verb=Pick.Verb.NEVER, until=until)
        for options in ({}, {"period": "new"}, {"language": "*"}):
            assert ("a" in names(**options)) is shown

    def test_those_of_another_site_are_not_ours(self, three):
        pick(three[2], site_id=2)
        assert names() == ["a", "b", "c"]

    def test_one_that_is_locked_or_of_another_kind_is_not_in_the_list(self, three):
        pick(card("locked", free=False))
        pick(card("video", kind="video"))
        assert names(kind="article") == ["a", "b", "c"]

    def test_one_that_has_no_card_in_the_language_is_not_there(self, three):
        pick(card("только", language="ru"))
        assert names() == ["a", "b", "c"]
        assert names("ru") == ["только"]

    def test_one_without_a_score_is_there(self, three):
        pick(card("z"))
        assert names() == ["z", "a", "b", "c"]

    def test_more_than_there_is_room_for_are_cut(self, three):
        for row in three:
            pick(row)
        assert names(limit=2) == ["a", "b"]


class TestOptions:
    """What a list is of."""

    def test_a_kind(self, three):
        scored("video", 9, kind="video")
        assert names(kind="video") == ["video"]
        assert names(kind="article") == ["a", "b", "c"]

    @pytest.mark.parametrize("asked", ["bridges", "Bridges", "BRIDGES"])
    def test_a_tag_however_it_is_written(self, three, asked):
        Tagged.objects.create(card=three[1], tag="bridges")
        Tagged.objects.create(card=three[0], tag="bread")
        card("new", age=0)
        assert names(tag=asked) == ["b"]
        assert names(tag=asked, period="new") == ["b"]

    def test_a_tag_that_no_page_has_leaves_nothing(self, three):
        assert names(tag="nothing") == []

    def test_the_language_of_the_page(self, three):
        scored("мост", 9, language="ru")
        assert names("ru") == ["мост"]
        assert names("en") == ["a", "b", "c"]

    def test_a_language_of_its_own(self, three):
        scored("мост", 9, language="ru")
        assert names("en", language="ru") == ["мост"]

    def test_every_language_with_one_card_for_a_subject(self, three):
        scored("мост", 9, language="ru")
        scored("a", 3, language="ru")
        assert names("en", language="*") == ["мост", "a", "b", "c"]

    @pytest.mark.parametrize("reader", ["en", "ru", "de"])
    @pytest.mark.parametrize("period", ["month", "new"])
    def test_a_subject_is_in_the_readers_language_where_it_can(self, reader, period):
        moment = timezone.now() - dt.timedelta(days=1)
        for language in ("en", "ru"):
            scored("a", 3, language=language, published=moment)
        (one,) = best_of(BestConf(language="*", period=period), reader)
        assert one.card.language == {"de": "en"}.get(reader, reader)

    def test_a_pick_is_in_the_readers_language_where_it_can(self):
        for language in ("en", "ru"):
            row = card("a", language=language)
        pick(row)
        assert [one.card.language for one in best_of(BestConf(language="*"), "ru")] == ["ru"]

    def test_of_every_language_that_card_which_has_the_tag(self):
        scored("a", 3)
        tagged = scored("a", 3, language="ru")
        Tagged.objects.create(card=tagged, tag="мост")
        (one,) = best_of(BestConf(language="*", tag="Мост"), "en")
        assert one.card.language == "ru"

    def test_what_is_locked_only_where_it_is_asked_for(self, three):
        scored("locked", 9, free=False)
        assert names() == ["a", "b", "c"]
        assert names(locked=True) == ["locked", "a", "b", "c"]

    def test_kinds_that_are_left_out_are_not_there(self, three):
        scored("me", 9, kind="profile")
        assert names() == ["a", "b", "c"]

    def test_what_an_editor_wants_nowhere_is_not_there_and_what_is_not_read_yet_is(self, three):
        Text.objects.create(card=three[0], language="en", offered=False)
        Text.objects.create(card=three[1], language="en")
        assert names() == ["b", "c"]


class TestWithout:
    """The page itself is not in its own list."""

    def test_it_is_left_out_and_another_takes_its_place(self, three):
        assert names(without=(three[0].key,), limit=2) == ["b", "c"]

    def test_in_every_language(self, three):
        assert names(without=(three[0].key.speaking("ru"),)) == ["b", "c"]

    def test_of_the_picks_and_the_newest_too(self, three):
        pick(three[0])
        assert names(without=(three[0].key, three[1].key)) == ["c"]
        assert names(without=(three[2].key,), period="new", limit=1) == ["b"]

    def test_a_key_that_is_nobodys(self, three):
        assert names(without=(Key(0, ""),)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "options", [{}, {"period": "new"}, {"tag": "x"}, {"language": "*", "limit": 2}, {"kind": "article"}]
)
def test_a_list_is_one_query(three, django_assert_num_queries, options):
    pick(three[1])
    with django_assert_num_queries(1):
        best_of(BestConf(**options), "en", without=[three[0].key])


def test_a_list_of_every_language_that_is_filled_up_is_two(three, django_assert_num_queries):
    card("new", age=1)
    with django_assert_num_queries(2):
        assert names(language="*") == ["a", "b", "c", "new"]


def test_of_every_language_each_subject_is_once_among_the_newest():
    for name in "abcd":
        moment = timezone.now() - dt.timedelta(days=1)
        for language in ("en", "ru"):
            card(name, language=language, published=moment)
    assert names("ru", language="*", period="new", limit=3) == ["d", "c", "b"]
    assert {one.card.language for one in best_of(BestConf(language="*"), "ru")} == {"ru"}


def test_a_score_whose_card_is_gone_is_not_shown(three):
    three[0].delete()
    assert names() == ["b", "c"]
