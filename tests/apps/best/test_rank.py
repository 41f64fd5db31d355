"""The order of pages beside a page, by what is known of both."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from smo_kit.best.models import Neighbour, Text
from smo_kit.best.order.ranking import PLACES, rank
from smo_kit.best.suggestions import ALSO_READ, AUTHOR, NEW, TAGS, TEXT
from tests.apps.best.shelf import a_card, alike, cards, order, read, reasons, shown, terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_fill(settings):
    settings.SMO_KIT = settings.SMO_KIT | {"BEST": {"fill": False}}


def ranked(page):
    rank([page.pk])
    return order(page)


class TestEvidence:
    def test_what_is_more_alike_comes_first(self):
        page, far, near = cards(["page", "far", "near"]).values()
        alike(page, {far: 0.1, near: 0.4})
        assert ranked(page) == ["near", "far"]

    def test_what_readers_read_with_it_comes_before_what_is_a_little_alike(self):
        page, near, partner = cards(["page", "near", "partner"]).values()
        alike(page, {near: 0.2})
        read(page, partner, 30)
        read(near, a_card("other"), 30)
        assert ranked(page)[:2] == ["partner", "near"]

    @pytest.mark.parametrize("first", ["page", "zebra"])
    def test_a_pair_is_found_from_both_of_its_ends(self, no_fill, first):
        page, partner = a_card(first), a_card("middle")
        read(page, partner, 30)
        read(a_card("one"), a_card("two"), 300)
        assert ranked(page) == ["middle"]

    def test_two_readings_are_no_habit(self, no_fill):
        page, partner = cards(["page", "partner"]).values()
        read(page, partner, 2)
        read(a_card("one"), a_card("two"), 300)
        assert ranked(page) == []

    def test_what_everybody_reads_is_read_with_everything(self, no_fill):
        page, front, partner = cards(["page", "front", "partner"]).values()
        read(page, front, 10)
        read(page, partner, 10)
        for n in range(9):
            read(front, a_card(f"other{n}"), 100)
        assert ranked(page) == ["partner"]

    def test_what_was_read_years_ago_is_forgotten(self, no_fill):
        page, partner = cards(["page", "partner"]).values()
        read(page, partner, 30, weeks_ago=60)
        assert ranked(page) == []

    def test_of_two_that_are_alike_the_newer_comes_first(self):
        page, old = cards(["page", "old"], age=900).values()
        new = a_card("young", age=1)
        alike(page, {old: 0.3, new: 0.3})
        assert ranked(page) == ["young", "old"]

    def test_age_does_not_count_where_a_site_says_so(self, settings):
        settings.SMO_KIT = settings.SMO_KIT | {"BEST": {"fresh_days": 0}}
        page, old = cards(["page", "old"], age=900).values()
        new = a_card("young", age=1)
        alike(page, {old: 0.31, new: 0.3})
        assert ranked(page) == ["old", "young"]

    def test_the_same_tags_and_author_decide_between_pages_that_are_alike(self):
        page = a_card("page", tags=["Stone"], author="Ada")
        plain = a_card("plain", author="Bob")
        tagged = a_card("tagged", tags=["stone"], author="Bob")
        hers = a_card("hers", author="Ada")
        alike(page, {plain: 0.3, hers: 0.3, tagged: 0.3})
        assert ranked(page) == ["tagged", "hers", "plain"]


class TestNever:
    def test_itself_or_another_language_or_what_is_offered_nowhere(self):
        page = a_card("page")
        refused = [a_card("page", language="ru"), a_card("russian", language="ru"), a_card("out")]
        Text.objects.filter(card=refused[-1]).update(offered=False)
        alike(page, dict.fromkeys([*refused, page], 0.9))
        assert ranked(page) == []

    def test_a_page_that_is_gone(self):
        page, gone = cards(["page", "gone"]).values()
        alike(page, {gone: 0.9})
        gone.delete()
        assert ranked(page) == []

    def test_a_page_that_has_no_text_in_the_index(self):
        page, profile = a_card("page"), a_card("profile", kind="profile", text=False)
        alike(page, {profile: 0.9})
        assert ranked(page) == []

    def test_what_is_locked_comes_after_all_that_is_free(self):
        page, locked, _ = a_card("page"), a_card("locked", free=False), a_card("open")
        alike(page, {locked: 0.9})
        assert ranked(page) == ["open", "locked"]

    def test_where_locked_pages_are_offered_they_stand_where_they_belong(self, settings):
        settings.SMO_KIT = settings.SMO_KIT | {"BEST": {"locked": True}}
        page, locked, _ = a_card("page"), a_card("locked", free=False), a_card("open")
        alike(page, {locked: 0.9})
        assert ranked(page) == ["locked", "open"]


class TestReasons:
    def test_each_page_has_the_strongest_that_is_true(self):
        page = a_card("page", author="Ada", tags=["Arch", "Stone", "River"], words=["bridge", "arch", "mortar"])
        others = {
            "partner": a_card("partner", author="Ada", tags=["arch"]),
            "hers": a_card("hers", author="Ada", tags=["arch"]),
            "tagged": a_card("tagged", author="Bob", tags=["stone", "Wood", "arch"]),
            "alike": a_card("alike", author="Bob", words=["arch", "pier", "bridge"]),
            "young": a_card("young", author="Bob"),
        }
        alike(page, {others[name]: 0.2 for name in ("partner", "hers", "tagged", "alike")})
        read(page, others["partner"], 30)
        read(a_card("one", language="ru"), a_card("two", language="ru"), 100)
        rank([page.pk])
        assert reasons(page) == {
            "partner": (ALSO_READ, ""),
            "hers": (AUTHOR, "Ada"),
            "tagged": (TAGS, "stone, arch"),
            "alike": (TEXT, "arch, bridge"),
            "young": (NEW, ""),
        }

    def test_a_site_of_one_author_does_not_speak_of_him(self):
        page, other = cards(["page", "other"], author="Ada").values()
        alike(page, {other: 0.2})
        rank([page.pk])
        assert reasons(page)["other"][0] == TEXT

    def test_a_few_readings_together_are_not_spoken_of(self):
        page, other = cards(["page", "other"]).values()
        alike(page, {other: 0.2})
        read(page, other, 4)
        read(a_card("one"), a_card("two"), 100)
        rank([page.pk])
        assert reasons(page)["other"][0] == TEXT

    def test_a_long_author_fits_into_the_column(self):
        page, _ = cards(["page", "other"], author="A" * 999).values()
        a_card("another", author="B")
        rank([page.pk])
        assert reasons(page)["other"] == (AUTHOR, "A" * 200)


class TestColdStart:
    def test_the_first_page_has_nothing_beside_it(self):
        assert ranked(a_card("page")) == []

    @pytest.mark.parametrize("many", [2, 3])
    def test_few_pages_stand_beside_each_other_though_nothing_is_known(self, many):
        pages = cards([f"page{n}" for n in "abc"[:many]]).values()
        for page in pages:
            rank([page.pk])
        assert {page.object_pk: len(order(page)) for page in pages} == dict.fromkeys(
            (page.object_pk for page in pages), many - 1
        )

    def test_the_first_pages_hear_of_a_new_one(self):
        first, second = cards(["first", "second"]).values()
        rank([first.pk, second.pk])
        third = a_card("third")
        rank([third.pk])
        assert set(Text.objects.to_rank().values_list("pk", flat=True)) == {first.pk, second.pk}
        rank([first.pk, second.pk])
        assert order(first) == ["third", "second"] or order(first) == ["second", "third"]
        assert not Text.objects.to_rank()

    def test_a_large_site_is_not_put_in_order_for_each_new_page(self):
        pages = cards([f"page{n}" for n in range(PLACES + 1)]).values()
        rank([page.pk for page in pages])
        rank([a_card("new").pk])
        assert not Text.objects.to_rank()

    def test_the_newest_fill_up_after_what_is_alike(self):
        page, old = cards(["page", "old"], age=999).values()
        alike(page, {old: 0.05})
        for age in (3, 2, 1):
            a_card(f"day{age}", age=age)
        assert ranked(page) == ["old", "day1", "day2", "day3"]

    def test_not_where_a_site_wants_no_others(self, no_fill):
        page, _ = cards(["page", "other"]).values()
        assert ranked(page) == []

    def test_no_more_are_kept_than_can_be_tried(self):
        page, *_ = cards([f"page{n}" for n in range(PLACES + 5)]).values()
        assert len(ranked(page)) == PLACES


class TestWriting:
    def test_what_has_not_changed_is_not_written(self):
        page, *others = cards([f"page{n}" for n in range(9)]).values()
        alike(page, {other: 0.1 * n for n, other in enumerate(others, 1)})
        rank([page.pk])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rank([page.pk])
        writes = [one["sql"] for one in queries if not one["sql"].startswith("SELECT")]
        assert len(writes) == 1
        assert "smo_best_text" in writes[0]

    def test_what_lost_its_place_goes_unless_its_text_is_alike(self):
        page, near = cards(["page", "near"], age=500).values()
        alike(page, {near: 0.9})
        old = a_card("old", age=400)
        assert ranked(page) == ["near", "old"]
        Text.objects.filter(card__in=[near, old]).update(offered=False)
        assert ranked(page) == []
        assert list(Neighbour.objects.filter(card=page).values_list("other__object_pk", "reason")) == [("near", "")]

    def test_it_is_noted_that_it_is_done(self):
        page = a_card("page")
        Text.objects.update(unranked=timezone.now())
        rank([page.pk])
        text = Text.objects.get()
        assert text.unranked is None
        assert text.ranked

    def test_news_that_came_meanwhile_is_not_lost(self):
        page = a_card("page")
        later = timezone.now() + dt.timedelta(minutes=1)
        Text.objects.update(unranked=later)
        rank([page.pk])
        assert Text.objects.get().unranked == later

    def test_a_card_that_is_gone_is_no_error(self):
        rank([12345])
        assert not Neighbour.objects.exists()

    def test_two_hundred_pages_take_as_many_queries_as_two(self):
        pages = list(cards([f"page{n}" for n in range(200)], author="Ada", tags=["a"]).values())
        for n, page in enumerate(pages):
            alike(page, {pages[(n + step) % 200]: 0.5 / step for step in range(1, 20)})
            terms(page, *range(n, n + 10))
            read(page, pages[(n + 7) % 200], 5)
            shown(page, pages[(n + 1) % 200], 0, 10, 1)
        rank([pages[0].pk])  # the process knows its settings now
        selects = [selects_of(lambda chunk=chunk: rank([page.pk for page in chunk])) for chunk in (pages[:2], pages)]
        assert selects[0] == selects[1] <= 20


def selects_of(act) -> int:
    from django.core.cache import cache

    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum(one["sql"].startswith("SELECT") for one in queries)
