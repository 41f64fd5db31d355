"""Clicks on offers, in the admin."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from smo_kit.best.models import Offer
from smo_kit.best.periods import monday
from tests.apps.best.desk_pages import CLICKS, desk, page, soup, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    """The browser of somebody who may read numbers and nothing else."""
    client.force_login(staff("view_offer"))
    return client


def offer(stood, other, shown, clicked, *, block="related", place=0, weeks=0, site=1):
    Offer.objects.create(
        site_id=site,
        week=monday() - dt.timedelta(weeks=weeks),
        block=block,
        page_type_id=stood.content_type_id if stood else 0,
        page_pk=stood.object_pk if stood else "",
        shown_type_id=other.content_type_id,
        shown_pk=other.object_pk,
        position=place,
        shown=shown,
        clicked=clicked,
    )


def tables(client, **query):
    """Return what stands in each table, by heading and caption: [name, shown, clicked, rate with its interval]."""
    found = {}
    for section in soup(client.get(CLICKS, query)).select("section"):
        for table in section.select("table"):
            rows = [
                [cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")
            ]
            found[section.h2.get_text(strip=True), table.caption.get_text(strip=True)] = rows
    return found


PLACES = "By block and place"


def test_each_block_has_its_sum_and_its_places(reader):
    here, there = page(), page()
    offer(here, there, 1000, 50)
    offer(there, here, 1000, 30)
    offer(here, there, 500, 10, place=1)
    offer(None, here, 50, 1, block="best")
    found = tables(reader)
    assert found[PLACES, "related"] == [
        ["All places", "2500", "90", "3.6 % 2.9–4.4 %"],
        ["1", "2000", "80", "4.0 % 3.2–5.0 %"],
        ["2", "500", "10", "2.0 % 1.1–3.6 %"],
    ]
    assert found[PLACES, "best"][0] == ["All places", "50", "1", "2.0 % 0.4–10.5 % · few"]


def test_pages_are_compared_once_they_were_shown_enough(reader):
    good, bad, rare = page("Good"), page("Bad"), page("Rare")
    offer(good, rare, 99, 90)
    offer(good, bad, 200, 2)
    offer(bad, good, 200, 20)
    found = tables(reader)
    assert [row[0] for row in found["What was offered", "Followed most often"]] == ["Good", "Bad"]
    assert [row[0] for row in found["Where offers stood", "Followed most often"]] == ["Good", "Bad"]


def test_both_ends_of_many_pages_are_shown_and_none_twice(reader):
    stood = page()
    for n in range(15):
        offer(stood, page(f"Page {n}"), 1000, 10 + n)
    found = tables(reader)
    best = [row[0] for row in found["What was offered", "Followed most often"]]
    worst = [row[0] for row in found["What was offered", "Followed most seldom"]]
    assert best == [f"Page {n}" for n in range(14, 4, -1)]
    assert worst == [f"Page {n}" for n in range(5)]


def test_lists_have_no_page_of_their_own_and_gone_pages_no_name(reader):
    other = page()
    offer(None, other, 200, 2)
    offer(other, other, 200, 2)
    other.delete()
    names = {row[0] for row in tables(reader)["Where offers stood", "Followed most often"]}
    assert names == {
        "Lists and other pages without an object",
        f"Page {other.object_pk}: not public now, or gone",
    }


@pytest.mark.parametrize(
    ("query", "shown"),
    [({}, "100"), ({"weeks": "26"}, "300"), ({"weeks": "7"}, "100"), ({"weeks": "26", "block": "best"}, "200")],
    ids=["weeks", "half-a-year", "nonsense", "block"],
)
def test_a_period_and_a_block_are_chosen(reader, query, shown):
    stood, other = page(), page("Other")
    offer(stood, other, 100, 1, weeks=3)
    offer(stood, other, 200, 1, weeks=4, block="best")
    offer(stood, other, 900, 1, weeks=26)
    offer(stood, other, 900, 1, site=2)
    assert tables(reader, **query)["What was offered", "Followed most often"][0][1] == shown


def test_says_so_where_nothing_was_seen(reader):
    assert "No offer was seen" in soup(reader.get(CLICKS)).get_text()


def test_says_so_where_no_page_was_shown_enough(reader):
    offer(page(), page(), 5, 1)
    assert "No page was shown 100 times yet" in soup(reader.get(CLICKS)).get_text()


def test_names_lead_to_the_desk_for_who_may_decide_there_else_to_the_page(client):
    other = page("Other")
    offer(None, other, 200, 2)
    for permissions, address in ((("view_offer",), other.url), (("view_offer", "change_curation"), desk(other))):
        client.force_login(staff(*permissions))
        assert soup(client.get(CLICKS)).find("a", string="Other")["href"] == address


def test_takes_as_many_queries_for_many_pages_as_for_one(reader, django_assert_num_queries):
    offer(page(), page(), 200, 2)
    reader.get(CLICKS)
    with django_assert_num_queries(11):
        reader.get(CLICKS)
    for n in range(30):
        offer(page(), page(), 200, n)
    with django_assert_num_queries(11):
        reader.get(CLICKS)


def test_bars_are_numbers_of_svg_in_every_language(reader, settings):
    offer(page(), page(), 1000, 33)
    bars = soup(reader.get(CLICKS, headers={"accept-language": "ru"})).select("rect.smo-desk-bar")
    assert bars
    assert all(0 < float(one["width"]) <= 100 for one in bars)


def test_shows_hostile_words_as_words(reader):
    offer(page("<script>alert(1)</script>"), page("<img src=x>"), 200, 2, block="<b>best")
    text = reader.get(CLICKS).content.decode()
    assert not any(one in text for one in ("<script>alert", "<img src=x", "<b>best"))


def test_a_block_is_called_what_an_editor_calls_it(reader):
    for block in ("related:next", "best:news", "of-yore"):
        offer(page(), page(), 200, 9, block=block)
    captions = {caption for heading, caption in tables(reader) if heading == PLACES}
    assert captions == {"Read next: strip", "Best materials: announcements", "of-yore"}
    options = soup(reader.get(CLICKS)).select("#smo-desk-block option[value]")
    assert {(one["value"], one.text) for one in options} >= {
        ("related:next", "Read next: strip"),
        ("of-yore", "of-yore"),
    }


def table_of(client, **query):
    answer = client.get(f"{CLICKS}csv/", query)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(text[1:].splitlines()))


def test_all_can_be_taken_away_as_a_table(reader):
    here, there = page("Here"), page('Bread, "and" salt')
    offer(here, there, 1000, 50, place=1)
    offer(None, here, 7, 0, block="best", weeks=1)
    first, second = table_of(reader)
    assert first == {
        "week": str(monday()),
        "block": "related",
        "page": "Here",
        "page_address": here.url,
        "place": "2",
        "offered": 'Bread, "and" salt',
        "offered_address": there.url,
        "shown": "1000",
        "clicked": "50",
    }
    assert (second["page"], second["page_address"], second["offered"], second["clicked"]) == ("", "", "Here", "0")


def test_the_table_holds_what_the_page_shows(reader):
    here, there = page(), page()
    offer(here, there, 1, 0)
    offer(here, there, 2, 0, block="best")
    offer(here, there, 3, 0, weeks=10)
    offer(here, there, 4, 0, site=2)
    assert [one["shown"] for one in table_of(reader)] == ["2", "1"]
    assert [one["shown"] for one in table_of(reader, block="best")] == ["2"]
    assert [one["shown"] for one in table_of(reader, weeks="26")] == ["2", "1", "3"]
    shown = soup(reader.get(CLICKS, {"weeks": "26", "block": "best"}))
    assert [one["value"] for one in shown.select("option[selected]")] == ["26", "best"]
    link = shown.select_one("a[download]")
    assert link["href"] == f"{CLICKS}csv/?weeks=26&block=best"


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_title_is_a_formula_of_a_spreadsheet(reader, title):
    offer(page(title), page("Bread"), 1, 0)
    assert table_of(reader)[0]["page"].startswith("'")


def test_pages_that_are_gone_are_named_by_their_numbers(reader):
    here, there = page(), page()
    offer(here, there, 1, 0)
    there.delete()
    assert (table_of(reader)[0]["offered"], table_of(reader)[0]["offered_address"]) == (there.object_pk, "")


def test_only_who_may_view_numbers_gets_the_table(client):
    client.force_login(staff("change_curation"))
    assert client.get(f"{CLICKS}csv/").status_code == 403
    client.logout()
    assert client.get(f"{CLICKS}csv/").status_code == 302
