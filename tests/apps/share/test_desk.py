"""Personal links in the admin: their list, the story of each, and the reports."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smo_kit.core.identities import nobody
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import key_of
from smo_kit.share.desk.filters import value_of
from smo_kit.share.desk.story import FETCHES, story_of
from smo_kit.share.models import Fetch, PersonalLink, Visit
from smo_kit.share.rung_words import LADDER
from smo_kit.share.rungs import Rung
from tests.apps.share.shared import LIST, SHARES, SPREADERS, ago, article, come, fetched, link_to, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def soup(admin_client):
    def soup(address: str, **data: str) -> Tag:
        answer = admin_client.get(address, data)
        assert answer.status_code == 200
        return BeautifulSoup(answer.content, "html.parser")

    return soup


def cells(page: Tag, rows: str = "#result_list tbody tr") -> list[list[str]]:
    return [[cell.get_text(" ", strip=True) for cell in row.select("td, th")] for row in page.select(rows)]


def lines(page: Tag) -> list[list[str]]:
    return cells(page, ".smo-desk-table tbody tr")


def story_at(link: PersonalLink) -> str:
    return f"{LIST}{link.pk}/change/"


class TestList:
    def test_a_link_is_a_row(self, soup):
        link = link_to(article("Tea"), user=member(), previewed=ago(1), visits=0)
        page = soup(LIST)
        ((_last, *row),) = cells(page)
        assert row == ["Tea", "Telegram", "Previewed", "0", "ada"]
        assert page.select_one("#result_list tbody th a")["href"].startswith(story_at(link))
        assert {SHARES, SPREADERS} <= {one["href"] for one in page.select(".object-tools a")}

    def test_a_guest_has_a_mark_and_who_was_erased_has_none(self, soup):
        guest = link_to(article(), guest=1)
        link_to(article(), sharer=nobody(), days=2)
        assert [row[-1] for row in cells(soup(LIST))] == [f"a guest · {guest.sharer[:8]}", "somebody who was erased"]

    def test_of_a_page(self, soup):
        tea = article("Tea")
        link_to(tea)
        link_to(article("Rum"))
        assert [row[1] for row in cells(soup(LIST, of=value_of(key_of(tea))))] == ["Tea"]

    @pytest.mark.parametrize("of", ["1", "x-1", "1-", "99999999999999999999-1", f"1-{'x' * 65}", "1-\0"])
    def test_a_page_that_there_can_not_be_is_left_out_of_the_question(self, soup, of):
        link_to(article())
        assert len(cells(soup(LIST, of=of))) == 1

    def test_of_a_network(self, soup):
        link_to(article("Tea"), network="vk")
        link_to(article("Rum"))
        assert [row[1] for row in cells(soup(LIST, network="vk"))] == ["Tea"]

    def test_of_a_rung_that_is_their_highest(self, soup):
        link_to(article("Out"))
        link_to(article("Seen"), previewed=ago(1))
        link_to(article("Sure"), previewed=ago(1), verified=ago(1))
        assert [row[1] for row in cells(soup(LIST, rung="previewed"))] == ["Seen"]
        assert [row[1] for row in cells(soup(LIST, rung="opened"))] == ["Out"]

    def test_it_is_searched_by_title_and_by_link(self, soup):
        link = link_to(article("Green tea"))
        link_to(article("Rum"))
        for term in ("green", link.token, f"https://site.example/s/{link.token}/"):
            assert [row[1] for row in cells(soup(LIST, q=term))] == ["Green tea"]
        assert cells(soup(LIST, q="cocoa")) == []

    def test_it_is_found_by_the_address_that_it_had_before(self, soup):
        link = link_to(article("Green tea"))
        link.former_tokens.create(token="abc23")
        assert [row[1] for row in cells(soup(LIST, q="https://site.example/s/abc23/"))] == ["Green tea"]

    def test_it_costs_as_much_with_more_links(self, soup):
        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                soup(LIST)
            return len(asked)

        link_to(article(), user=member())
        queries()
        few = queries()
        for number in range(5):
            link_to(article(), user=member(f"user{number}"))
        assert queries() == few


class TestStory:
    def test_it_is_told_in_order(self, soup):
        link = link_to(article("Tea"), days=5, times=2, previewed=ago(4.8), verified=ago(4.5))
        PersonalLink.objects.filter(pk=link.pk).update(made=ago(6))
        fetched(link, days=4.9)
        fetched(link, days=4.85, network="vk", verdict="refuted")
        come(link, 2, days=3)
        told = [row[1] for row in cells(soup(story_at(link)), "section[aria-labelledby=smo-desk-events] tbody tr")]
        assert [text[:40] for text in told] == [
            "The link was made.",
            "Its sharer last went to Telegram; he did",
            "A robot that calls itself Telegram fetch",
            "A robot that calls itself VK fetched it.",
            "A preview was fetched within the time th",
            "The address of the robot was found to be",
            "Somebody else came by the link.",
        ]
        assert "It is of another network than the link, so it proves nothing." in told[3]

    def test_what_follows_of_something_stands_below_it_though_it_is_of_the_same_moment(self):
        at = ago(1)
        link = link_to(article(), days=1, times=2, previewed=at, verified=at, visited=at)
        fetch = fetched(link)
        Fetch.objects.filter(pk=fetch.pk).update(at=at)
        PersonalLink.objects.filter(pk=link.pk).update(opened=at, made=at + dt.timedelta(milliseconds=3))
        link.refresh_from_db()
        assert [one.text.split()[:3] for one in story_of(link).events] == [
            ["The", "link", "was"],
            ["Its", "sharer", "last"],
            ["A", "robot", "that"],
            ["A", "preview", "was"],
            ["The", "address", "of"],
            ["Somebody", "else", "came"],
        ]

    def test_the_verdict_is_in_words(self, soup):
        link = link_to(article())
        for verdict in ("waiting", "confirmed", "refuted", "unknown"):
            fetched(link, verdict=verdict)
        text = soup(story_at(link)).text
        for words in ("not looked at yet", "the network's own address", "an address of somebody else"):
            assert words in text

    def test_each_rung_says_what_it_proves_and_what_not(self, soup):
        link = link_to(article(), previewed=ago(1))
        rungs = soup(story_at(link)).select(".smo-desk-ladder li")
        assert ["smo-desk-reached" in (one.get("class") or ()) for one in rungs] == [True, True, False, False]
        for step, shown in zip(LADDER.values(), rungs, strict=True):
            assert str(step.proves) in shown.text
            assert str(step.does_not_prove) in shown.text

    def test_the_ladder_has_every_rung_in_order(self):
        assert list(LADDER) == sorted(Rung)

    def test_visitors_are_told_by_the_readers_day(self, settings):
        settings.TIME_ZONE = "Asia/Vladivostok"
        link = link_to(article())
        for number, hour in enumerate([(1, 13), (1, 15), (2, 3)]):
            visit = Visit.objects.create(link=link, who=str(number))
            Visit.objects.filter(pk=visit.pk).update(at=dt.datetime(2026, 5, *hour, tzinfo=dt.UTC))
        days = [(one.day.day, one.visitors, one.percent) for one in story_of(link).days]
        assert days == [(1, 1, 50), (2, 2, 100)]

    def test_it_is_told_in_a_fixed_number_of_queries(self, django_assert_num_queries):
        link = link_to(article(), visits=3)
        for _one in range(FETCHES + 2):
            fetched(link)
        with django_assert_num_queries(3):
            story = story_of(link)
        assert story.older == 2
        assert len([one for one in story.events if one.agent]) == FETCHES

    def test_what_a_robot_calls_itself_can_not_break_the_page(self, soup):
        link = link_to(article())
        link.fetches.create(network="telegram", agent="<script>alert(1)</script>")
        assert soup(story_at(link)).select("#content script") == []

    def test_of_a_page_that_is_gone(self, soup):
        link = link_to(article("Tea"))
        CardRow.objects.all().delete()
        assert "a page that is not there any more" in soup(story_at(link)).text

    def test_a_link_that_there_is_not_leads_to_the_front(self, admin_client):
        assert admin_client.get(f"{LIST}12345/change/").status_code == 302
        other = link_to(article(), site_id=2)
        assert admin_client.get(story_at(other)).status_code == 302


class TestShares:
    def test_a_page_is_a_row_that_leads_to_its_links(self, soup):
        tea = article("Tea")
        link_to(tea, previewed=ago(1), visits=3)
        link_to(tea)
        page = soup(SHARES)
        ((title, *numbers),) = lines(page)
        assert (title, numbers[:5]) == ("Tea", ["2", "1", "0", "1", "3"])
        assert numbers[5].startswith("1.50 ")
        assert numbers[5].endswith("few")
        assert len(cells(soup(page.select_one(".smo-desk-table tbody th a")["href"]))) == 2

    def test_by_network(self, soup):
        link_to(article(), network="vk", visits=2)
        link_to(article(), visits=1)
        page = soup(SHARES, by="network")
        assert [line[0] for line in lines(page)] == ["VK", "Telegram"]
        assert len(cells(soup(page.select(".smo-desk-table tbody th a")[-1]["href"]))) == 1

    def test_by_both_within_one_network(self, soup):
        tea = article("Tea")
        link_to(tea, network="vk")
        link_to(tea)
        assert [line[:2] for line in lines(soup(SHARES, by="both"))] == [["Tea", "Telegram"], ["Tea", "VK"]]
        assert [line[:2] for line in lines(soup(SHARES, by="both", network="vk"))] == [["Tea", "VK"]]

    def test_a_period(self, soup):
        link_to(article("Old"), days=20)
        link_to(article("New"), days=2)
        assert [line[0] for line in lines(soup(SHARES, period="week"))] == ["New"]
        assert len(lines(soup(SHARES))) == 2

    def test_headings_sort(self, soup):
        link_to(article("Tea"), previewed=ago(1))
        link_to(article("Rum"), visits=1)
        page = soup(SHARES)
        assert [line[0] for line in lines(page)] == ["Rum", "Tea"]
        heading = next(one for one in page.select("thead a") if one.text == "Previewed")
        page = soup(f"{SHARES}{heading['href']}")
        assert [line[0] for line in lines(page)] == ["Tea", "Rum"]
        assert page.select_one("[aria-sort]").a.text == "Previewed"

    def test_many_are_on_several_pages(self, soup, monkeypatch):
        monkeypatch.setattr("smo_kit.share.desk.link_admin.PER_PAGE", 2)
        for number in range(3):
            link_to(article(f"Page {number}"), visits=number)
        page = soup(SHARES)
        assert [line[0] for line in lines(page)] == ["Page 2", "Page 1"]
        assert [line[0] for line in lines(soup(f"{SHARES}{page.select_one('.smo-desk-pages a')['href']}"))] == [
            "Page 0"
        ]

    @pytest.mark.parametrize("name", ["period", "by", "sort", "network", "p"])
    def test_what_an_address_can_not_mean_is_left_out(self, soup, name):
        link_to(article("Tea"))
        assert [line[0] for line in lines(soup(SHARES, **{name: "pk"}))] == ["Tea"]

    def test_nothing_yet(self, soup):
        assert "Nobody has shared by a personal link in this period." in soup(SHARES).text

    def test_it_costs_as_much_with_more_pages(self, soup):
        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                soup(SHARES)
            return len(asked)

        link_to(article())
        queries()
        few = queries()
        for _one in range(5):
            link_to(article())
        assert queries() == few


class TestSpreaders:
    def test_members_by_name_and_guests_by_a_mark(self, soup):
        guest = link_to(article(), guest=1, visits=2)
        link_to(article(), user=member(), visits=3)
        link_to(article(), sharer=nobody(), visits=9)
        assert lines(soup(SPREADERS)) == [["ada", "3", "1"], [f"a guest · {guest.sharer[:8]}", "2", "1"]]

    def test_of_a_period(self, soup):
        come(link_to(article(), user=member(), days=60), 2, days=40)
        assert "Nobody came by a personal link in this period." in soup(SPREADERS).text
        assert lines(soup(SPREADERS, period="all")) == [["ada", "2", "1"]]
