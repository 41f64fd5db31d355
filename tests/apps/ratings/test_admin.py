"""Ratings in the admin: looked at, and deleted where they were stuffed."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smo_kit.ratings.models import Rating, Summary
from smo_kit.ratings.services import rate, summary_of
from tests.apps.ratings.conftest import guest
from tests.blog.models import Post

pytestmark = pytest.mark.django_db
SUMMARIES = "/admin/smo_ratings/summary/"
RATINGS = "/admin/smo_ratings/rating/"


@pytest.fixture
def rated(page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    for number, stars in enumerate("554"):
        rate(page, stars, guest(number))
    return page


def cells(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    rows = BeautifulSoup(answer.content, "html.parser").select("#result_list tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td, th")] for row in rows]


def test_pages_are_listed_with_their_averages(admin_client, rated):
    (row,) = cells(admin_client, SUMMARIES)
    assert row == [
        "Bridges of stone",
        "One to five stars",
        "3",
        "4.7",
        "1: 0, 2: 0, 3: 0, 4: 1, 5: 2",
        "Each by itself",
    ]


@pytest.mark.parametrize("url", [SUMMARIES, RATINGS])
def test_a_list_costs_as_much_with_more_pages(admin_client, rated, url):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            cells(admin_client, url)
        return len(asked)

    queries()
    few = queries()
    for number in range(5):
        rate(Post.objects.create(slug=f"p{number}", title="P"), "4", guest(1))
    assert queries() == few


def test_ratings_of_one_page_are_listed(admin_client, rated):
    rate(Post.objects.create(slug="tunnels", title="Tunnels"), "1", guest(1))
    summary = Summary.objects.get(object_pk=str(rated.pk))
    assert len(cells(admin_client, RATINGS)) == 4
    assert [row[4] for row in cells(admin_client, f"{RATINGS}?of={summary.pk}")] == [
        "4 of 5: very good",
        "5 of 5: excellent",
        "5 of 5: excellent",
    ]


@pytest.mark.parametrize("of", ["0", "x", "9" * 30])
def test_of_what_is_no_page_all_are_listed(admin_client, rated, of):
    assert len(cells(admin_client, f"{RATINGS}?of={of}")) == 3


def test_what_is_deleted_is_counted_out(admin_client, rated):
    first, second, _third = Rating.objects.order_by("pk")
    form = {"action": "delete_selected", "_selected_action": [first.pk], "post": "yes"}
    assert admin_client.post(RATINGS, form).status_code == 302
    assert summary_of(rated).figures() == (2, 9, {"5": 1, "4": 1})
    admin_client.post(f"{RATINGS}{second.pk}/delete/", {"post": "yes"})
    assert summary_of(rated).figures() == (1, 4, {"4": 1})


@pytest.mark.parametrize("url", [SUMMARIES, RATINGS])
def test_kinds_are_filtered_by_their_labels(admin_client, rated, url):
    rate(rated, "like", guest(1), kind="like")
    html = admin_client.get(f"{url}?kind=like").content.decode()
    links = {(link["href"], link.text) for link in BeautifulSoup(html, "html.parser").select("#changelist-filter a")}
    assert {("?kind=stars", "One to five stars"), ("?kind=like", "A like")} <= links
    assert [row[1] if url == SUMMARIES else row[3] for row in cells(admin_client, f"{url}?kind=like")] == ["A like"]


def test_no_two_columns_have_one_name(admin_client, rated):
    head = BeautifulSoup(admin_client.get(SUMMARIES).content, "html.parser").select("#result_list thead .text")
    names = [one.get_text(strip=True) for one in head]
    assert len(set(names)) == len(names) == 6


@pytest.mark.parametrize("url", [SUMMARIES, RATINGS])
def test_nothing_is_added_or_changed_by_hand(admin_client, rated, url):
    assert admin_client.get(f"{url}add/").status_code == 403
    pk = (Summary if url == SUMMARIES else Rating).objects.first().pk
    answer = admin_client.get(f"{url}{pk}/change/")
    assert answer.status_code == 200
    assert b'name="_save"' not in answer.content


def test_settings_have_a_tab(admin_client):
    answer = admin_client.get("/admin/smo_core/settings/", follow=True)
    assert "Ratings" in answer.content.decode()
