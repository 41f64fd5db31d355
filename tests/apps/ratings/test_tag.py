"""The tag, and ratings in lists: the same for everybody, no query when warm, never older than the last rating."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from smo_kit.ratings.services import rate, unrate
from tests.apps.ratings.conftest import guest
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


def render(source, **context):
    request = RequestFactory().get("/")
    return Template("{% load smo %}" + source).render(Context({"request": request, **context}))


def stars(page, options=""):
    return BeautifulSoup(render("{% smo_rate page " + options + " %}", page=page), "html.parser")


def widths(soup):
    return [one["width"] for one in soup.select("svg svg")]


def give(page, *values, kind="stars"):
    for number, value in enumerate(values):
        rate(page, value, guest(number), kind=kind)


def test_before_the_first_rating_it_says_so(page):
    soup = stars(page)
    assert [one["value"] for one in soup.select("button")] == list("12345")
    assert soup.select_one("button:last-of-type")["aria-label"] == "5 of 5: excellent"
    assert soup.output.text == "No ratings yet"
    assert widths(soup) == ["2"] * 5
    assert soup.form["method"] == "post"


def test_too_few_have_no_average(page):
    give(page, "5", "5")
    assert (stars(page).output.text, widths(stars(page))) == ("2 ratings", ["2"] * 5)


def test_the_average_fills_stars_and_a_part_of_one(page):
    give(page, "5", "4", "4", "4")
    soup = stars(page)
    assert soup.output.text == "4.2 of 5 · 4 ratings"
    assert widths(soup) == ["22", "22", "22", "22", "9.1"]


def test_numbers_are_not_older_than_the_last_rating(page):
    give(page, "5")
    assert stars(page).output.text == "1 rating"
    give(page, "5", "4", "3")
    assert stars(page).output.text == "4.0 of 5 · 3 ratings"
    unrate(page, guest(2))
    assert stars(page).output.text == "2 ratings"


def test_a_warm_page_asks_the_database_nothing(page, django_assert_num_queries):
    give(page, "5", "4", "3")
    cold = stars(page)
    with django_assert_num_queries(0):
        assert stars(page) == cold


def test_a_like_has_a_button_and_a_count(page):
    give(page, "like", "like", kind="like")
    soup = stars(page, 'kind="like"')
    assert soup.button.get_text(" ", strip=True) == "I like it 2"
    assert soup.button["value"] == "like"
    assert soup.output.text == ""


def test_reactions_have_a_button_and_a_count_each(page, settings):
    settings.SMO_KIT = {"RATINGS": {"kind": "reactions", "reactions": ["yum: ☕ Tasty", "meh: ~ Not <for> me"]}}
    give(page, "yum", kind="reactions")
    soup = stars(page)
    assert [one.get_text(" ", strip=True) for one in soup.select("button")] == ["☕ Tasty 1", "~ Not <for> me"]


@pytest.mark.parametrize(("kind", "text"), [("stars", "4.5 of 5"), ("like", ""), ("reactions", "")])
def test_counts_can_be_left_out(page, kind, text):
    give(page, *{"stars": ("5", "5", "4", "4")}.get(kind, ()), kind=kind)
    soup = stars(page, f"kind='{kind}' counts=False")
    assert soup.output.text == text
    assert not soup.select("b")


def test_where_one_reads_from_right_to_left_stars_fill_from_the_right(page):
    with override("he"):
        assert stars(page).g["transform"] == "matrix(-1 0 0 1 24 0)"


def test_a_site_without_our_addresses_has_no_buttons(page, monkeypatch):
    monkeypatch.setattr("smo_kit.ratings.rendering.own_address", lambda *name: "")
    assert render("{% smo_rate page %}", page=page) == ""


def test_a_list_is_one_query(page, django_assert_num_queries):
    other = Post.objects.create(slug="tunnels", title="Tunnels")
    give(page, "5", "4", "4")
    source = (
        "{% smo_rating_counts posts as ratings %}{% for post in posts %}{% with rating=post|smo_rating:ratings %}"
        "{{ rating|smo_mean }} {{ rating|smo_raters }};{% endwith %}{% endfor %}"
    )
    render(source, posts=[page, other])
    with django_assert_num_queries(1):
        assert render(source, posts=[page, other]) == "4.3 3 ratings; ;"


def test_one_of_a_list_alone_is_asked_for_itself(page):
    give(page, "5", "4", "4")
    assert render("{{ page|smo_rating|smo_raters }}|{{ nothing|smo_rating|smo_mean }}", page=page) == "3 ratings|"
