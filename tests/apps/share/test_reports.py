"""Shares by page and network, and who brings most visitors."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smo_kit.core.identities import nobody
from smo_kit.core.subjects import key_of
from smo_kit.share.models import PersonalLink
from smo_kit.share.reports import COLUMNS, line_of, shares, since, spreaders
from tests.apps.share.shared import ago, article, come, link_to, member

pytestmark = pytest.mark.django_db


def lines(by="page", period="all", **more):
    return [line_of(row) for row in shares(by, since(period), **more)]


def figures(line):
    return line.opened, line.previewed, line.verified, line.visited, line.visitors


@pytest.fixture
def tea():
    return article("Tea")


@pytest.fixture
def rum():
    return article("Rum")


class TestOfAllTheTime:
    def test_links_are_counted_at_each_rung(self, tea):
        link_to(tea)
        link_to(tea, previewed=ago(1))
        link_to(tea, previewed=ago(1), verified=ago(1), visits=3)
        (line,) = lines()
        assert line.key == key_of(tea)
        assert figures(line) == (3, 2, 1, 1, 3)
        assert (line.brings.links, line.brings.mean, line.brings.squares) == (3, 1, 9)

    def test_the_totals_outlive_the_single_visits(self, tea):
        link_to(tea, visits=2).visitors.all().delete()
        assert lines()[0].visitors == 2

    def test_a_link_that_never_went_out_is_no_share(self, tea):
        link_to(tea, opened=None)
        assert lines() == []

    def test_another_site_has_its_own(self, tea):
        link_to(tea, site_id=2)
        assert lines() == []

    def test_languages_of_a_page_are_one(self, tea):
        link_to(tea, language="en")
        link_to(tea, language="ru")
        assert [line.opened for line in lines()] == [2]


class TestOfAPeriod:
    def test_what_happened_before_is_left_out(self, tea, rum):
        link_to(tea, days=20, previewed=ago(20), visits=0)
        link_to(rum, days=2, previewed=ago(2))
        assert [line.key for line in lines(period="week")] == [key_of(rum)]
        assert len(lines(period="month")) == 2

    def test_visitors_by_a_link_of_before_are_counted_all_the_same(self, tea):
        old = link_to(tea, days=60, previewed=ago(60))
        come(old, 5, days=50)
        come(old, 2, days=3)
        (line,) = lines(period="week")
        assert figures(line) == (0, 0, 0, 1, 2)
        assert (line.brings.links, line.brings.squares) == (1, 4)
        assert figures(lines()[0])[-1] == 7

    def test_squares_are_of_each_link(self, tea):
        link_to(tea, visits=3)
        link_to(tea, visits=1)
        link_to(tea)
        (line,) = lines(period="week")
        assert (line.brings.links, line.visitors, line.brings.squares, line.visited) == (3, 4, 10, 2)


class TestTakenTogether:
    @pytest.fixture(autouse=True)
    def links(self, tea, rum):
        link_to(tea, network="telegram", visits=1)
        link_to(tea, network="vk", visits=4)
        link_to(rum, network="vk", verified=ago(1))

    def test_by_network(self):
        found = [(line.network_name, line.opened, line.visitors, line.key) for line in lines("network")]
        assert found == [("VK", 2, 4, None), ("Telegram", 1, 1, None)]

    def test_by_both(self, tea, rum):
        found = [(line.key, line.network, line.visitors) for line in lines("both")]
        assert found == [(key_of(tea), "vk", 4), (key_of(tea), "telegram", 1), (key_of(rum), "vk", 0)]

    def test_of_one_network(self, tea, rum):
        assert [(line.key, line.opened) for line in lines(network_id="telegram")] == [(key_of(tea), 1)]

    @pytest.mark.parametrize("period", ["week", "all"])
    @pytest.mark.parametrize("sort", COLUMNS)
    def test_sorted_by_each_column(self, sort, period):
        found = lines("both", period, sort=sort)
        values = [line.brings.mean if sort == "brings" else getattr(line, sort) for line in found]
        assert values == sorted(values, reverse=True)

    @pytest.mark.parametrize(("period", "queries"), [("week", 2), ("all", 1)])
    def test_it_is_a_query_for_each_table(self, period, queries, django_assert_num_queries):
        with django_assert_num_queries(queries):
            lines("both", period)


class TestSpreaders:
    def test_who_brought_most_goes_first(self, tea, rum):
        ada = member()
        link_to(tea, user=ada, visits=2)
        link_to(rum, user=ada, visits=2)
        link_to(tea, guest=7, visits=3)
        link_to(tea, guest=8)
        first, second = spreaders(None, 10)
        assert (first.user_id, first.guest, first.links, first.visitors) == (ada.pk, "", 2, 4)
        assert (second.user_id, second.links, second.visitors) == (None, 1, 3)
        assert second.guest == PersonalLink.objects.get(visits=3).sharer

    def test_a_period_counts_who_came_in_it(self, tea):
        ada, bob = member("ada"), member("bob")
        come(link_to(tea, user=ada, days=60), 9, days=40)
        come(link_to(tea, user=bob, days=60), 1, days=2)
        assert [(one.user_id, one.visitors) for one in spreaders(since("month"), 10)] == [(bob.pk, 1)]
        assert [one.visitors for one in spreaders(None, 10)] == [9, 1]

    def test_links_of_a_period_are_those_that_brought_somebody_in_it(self, tea, rum):
        ada = member("ada")
        come(link_to(tea, user=ada, days=60), 2, days=3)
        come(link_to(rum, user=ada, days=5), 3, days=4)
        come(link_to(rum, user=ada, network="vk", days=60), 7, days=50)
        link_to(tea, user=ada, network="vk")
        come(link_to(tea, guest=5), 4, days=1)
        come(link_to(tea, site_id=2, guest=6), 9, days=1)
        assert [(one.user_id, one.links, one.visitors) for one in spreaders(since("week"), 10)] == [
            (ada.pk, 2, 5),
            (None, 1, 4),
        ]

    def test_the_single_visits_are_counted_in_one_go(self, tea):
        link_to(tea, user=member(), visits=1)
        with CaptureQueriesContext(connection) as asked:
            spreaders(since("month"), 10)
        assert all(query["sql"].count("SELECT") == 1 for query in asked)

    def test_who_was_erased_does_not_appear(self, tea):
        link_to(tea, sharer=nobody(), visits=3)
        assert spreaders(None, 10) == []
        assert spreaders(since("week"), 10) == []

    def test_no_more_than_asked_for(self, tea):
        for number in range(3):
            link_to(tea, guest=number + 1, visits=number + 1)
        assert [one.visitors for one in spreaders(None, 2)] == [3, 2]

    def test_it_is_two_queries(self, tea, django_assert_num_queries):
        link_to(tea, user=member(), visits=1)
        with django_assert_num_queries(2):
            spreaders(since("month"), 10)
