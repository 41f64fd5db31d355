"""Ratings as readers send them, and what they get back."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from smo_kit.core.subjects import key_of
from smo_kit.ratings.models import Rating
from smo_kit.ratings.services import summary_of
from tests.apps.ratings.conftest import HERE, SCRIPT, address_of
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


def give(client, address, value="4", headers=SCRIPT):
    return client.post(address, {"rate": value}, headers=headers)


def test_without_script_a_rating_leads_to_its_own_page(client, page, address):
    answer = give(client, address, headers=HERE)
    assert (answer.status_code, answer["Location"]) == (303, address)
    shown = client.get(address, headers=HERE)
    assert "no-store" in shown["Cache-Control"]
    html = shown.content.decode()
    assert "<h1>You gave 4 of 5</h1>" in html
    assert html.count('aria-pressed="true"') == 1
    assert page.get_absolute_url() in html


def test_without_script_it_is_changed_and_taken_back_there(client, page, address):
    give(client, address, headers=HERE)
    give(client, address, "2", headers=HERE)
    assert summary_of(page).figures() == (1, 2, {"2": 1})
    assert "Take my rating back" in client.get(address, headers=HERE).content.decode()
    give(client, address, "", headers=HERE)
    html = client.get(address, headers=HERE).content.decode()
    assert "<h1>Your rating</h1>" in html
    assert "Take my rating back" not in html


def test_the_script_gets_what_becomes_of_each_button(client, page, address):
    *buttons, said = give(client, address).json()
    assert [one["value"] for one in buttons] == ["1", "2", "3", "", "5"]
    assert [one["ariaPressed"] for one in buttons] == ["false", "false", "false", "true", "false"]
    assert said == {"innerHTML": "1 rating · You gave 4 of 5"}


def test_the_script_learns_what_the_reader_has_given(client, address):
    give(client, address)
    assert client.get(address, headers=SCRIPT).json()[3]["ariaPressed"] == "true"
    assert Client().get(address, headers=SCRIPT).json()[3]["ariaPressed"] == "false"


def test_a_second_press_takes_it_back_but_a_double_click_does_not(client, page, address):
    give(client, address)
    assert give(client, address, "").json()[3]["ariaPressed"] == "true"
    assert summary_of(page).count == 1
    Rating.objects.update(changed=timezone.now() - dt.timedelta(seconds=1))
    assert give(client, address, "").json()[3]["ariaPressed"] == "false"
    assert summary_of(page).count == 0


def test_counts_of_reactions_change_in_place(client, page):
    buttons = give(client, address_of(page, "reactions"), "thanks").json()
    assert "<b>1</b>" in buttons[1]["innerHTML"]
    assert "<b>" not in buttons[0]["innerHTML"]


@pytest.fixture
def away(monkeypatch):
    def lose(*args, **kwargs):
        raise OperationalError("away")

    monkeypatch.setattr("smo_kit.ratings.views.card_of_rated", lose)


def test_a_database_that_is_away_is_told_and_the_rating_can_be_sent_again(client, address, away):
    answer = give(client, address, headers=HERE)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.h1.text.startswith("The site can't store anything at the moment.")
    form = soup.select_one(".smo-rating-act")
    assert (form["action"], form.select_one("[name=rate]")["value"]) == (address, "4")
    assert form.select_one("[name=csrfmiddlewaretoken]")["value"]


def test_a_database_that_is_away_is_told_to_the_script_and_to_who_looks(client, address, away):
    answer = give(client, address)
    assert answer.status_code == 503
    assert answer.json()["error"].startswith("The site can't store anything at the moment.")
    assert "smo-rating-act" not in client.get(address, headers=HERE).content.decode()


def test_looking_gives_nothing_and_no_cookie(client, page, address):
    answer = client.get(f"{address}?rate=5", headers=HERE)
    assert "Give: 5 of 5: excellent" in answer.content.decode()
    assert not answer.cookies.get("smo_visitor")
    assert not Rating.objects.exists()


@pytest.mark.parametrize("value", ["6", "0", "like", "5\0", "<b>", "x" * 5000], ids=lambda value: repr(value[:9]))
def test_what_can_not_be_given_is_said_and_stores_nothing(client, page, address, value):
    assert give(client, address, value).status_code == 400
    answer = give(client, address, value, HERE)
    assert answer.status_code == 400
    assert "That can&#x27;t be given here." in answer.content.decode()
    assert not answer.cookies.get("smo_visitor")
    assert not Rating.objects.exists()


def test_a_form_that_says_nothing_takes_nothing_back(client, page, address):
    give(client, address)
    assert client.post(address, headers=SCRIPT).status_code == 400
    assert summary_of(page).count == 1


@pytest.mark.parametrize(
    "change", [lambda one: one[:-2], lambda one: one.replace("stars", "like")], ids=["cut", "kind"]
)
def test_a_forged_address_is_refused(client, page, address, change):
    token = address.split("/")[3]
    answer = give(client, address.replace(token, change(token)), "like", HERE)
    assert answer.status_code == 400
    assert "This page is not known here" in answer.content.decode()
    assert not Rating.objects.exists()


def test_a_page_that_is_gone_is_no_page(client, page, address):
    page.delete()
    assert give(client, address).status_code == 404
    assert client.get(address, headers=HERE).status_code == 404


def test_a_draft_is_rated_by_nobody(client, page, address):
    Post.objects.filter(pk=page.pk).update(is_public=False)
    assert give(client, address).status_code == 404


def test_another_sites_form_is_refused(client, page, address):
    client = Client(enforce_csrf_checks=True)
    answer = give(client, address, headers={**HERE, "Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not Rating.objects.exists()


def test_an_old_browser_is_asked_once_more_with_a_token(page, address):
    client = Client(enforce_csrf_checks=True)
    answer = give(client, address, headers={"Accept": "text/html"})
    assert (answer.status_code, answer["Location"]) == (303, f"{address}?rate=4")
    html = client.get(answer["Location"], headers={"Accept": "text/html"}).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]
    form = {"rate": "4", "csrfmiddlewaretoken": token}
    assert client.post(address, form, headers={"Accept": "text/html"}).status_code == 303
    assert summary_of(page).count == 1


def test_too_many_of_one_address_are_refused(client, page, address, settings):
    settings.SMO_KIT = {"RATINGS": {"ratings_an_hour": 2}}
    assert [give(client, address, stars).status_code for stars in "123"] == [200, 200, 429]
    assert summary_of(page).figures() == (1, 2, {"2": 1})


def test_who_throws_his_cookies_away_is_a_household_at_most(page, address, settings):
    settings.SMO_KIT = {"RATINGS": {"newcomers_a_day": 3}}
    agents = [f"Browser/{number}" for number in range(5)]
    answers = [give(Client(), address, headers={**SCRIPT, "User-Agent": agent}) for agent in agents]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert summary_of(page).count == 3
    other = Post.objects.create(slug="tunnels", title="Tunnels")
    assert give(Client(), address_of(other)).status_code == 200


@pytest.fixture
def of_two(settings):
    """Two guests may rate a page from an address within a day."""
    settings.SMO_KIT = {"RATINGS": {"newcomers_a_day": 2}}
    settings.LOGIN_URL = "/admin/login/"


def all_give(clients, address, **kwargs):
    """Return what each is answered; their browsers have different names, so that none clicks twice."""
    headers = [{**SCRIPT, "User-Agent": f"Browser/{number}"} for number in range(len(clients))]
    return [
        client.post(address, {"rate": "5"}, headers=one, **kwargs).status_code
        for client, one in zip(clients, headers, strict=True)
    ]


def test_cookies_from_other_pages_make_no_more_guests(page, address, of_two):
    clients = [Client() for _ in range(4)]
    for number in range(2):
        other = Post.objects.create(slug=f"tunnels-{number}", title="Tunnels")
        assert all_give(clients[2 * number :][:2], address_of(other)) == [200, 200]
    assert all_give(clients, address) == [200, 200, 429, 429]
    assert all_give(clients[:2], address) == [200, 200]  # of those who have rated it none is new
    assert summary_of(page).count == 2


def test_a_classroom_signs_in(client, page, address, member, of_two):
    all_give([Client(), Client()], address)
    refused = give(client, address, headers=HERE)
    html = refused.content.decode()
    assert refused.status_code == 429
    assert "Please sign in: ratings of members are always taken." in html
    assert client.post(address, {"rate": "4", "join": ""}, headers=HERE).status_code in {302, 303}
    client.force_login(member)
    assert summary_of(page).count == 3


def test_where_nobody_can_sign_in_nobody_is_told_to(client, page, address, of_two, settings):
    settings.LOGIN_URL = "/nowhere/"
    all_give([Client(), Client()], address)
    answer = give(client, address, headers=HERE)
    assert "Please try again tomorrow." in answer.content.decode()
    assert "Sign in" not in answer.content.decode()


def test_a_network_of_ipv6_is_as_many_as_four_addresses(page, address, of_two):
    answers = [give(Client(REMOTE_ADDR=f"2001:db8:1:{number:x}::1"), address).status_code for number in range(10)]
    assert answers == [200] * 8 + [429] * 2


@pytest.mark.parametrize(
    "unknown",
    [{"REMOTE_ADDR": ""}, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "8.8.8.8"}],
    ids=["none", "proxy"],
)
def test_readers_whose_address_nobody_knows_share_no_limit_and_are_not_one(page, address, of_two, unknown):
    assert [give(Client(**unknown), address).status_code for _ in range(4)] == [200] * 4
    assert summary_of(page).count == 4


def test_a_double_click_of_a_newcomer_is_one_rating(page, address):
    answers = [give(Client(), address) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert summary_of(page).count == Rating.objects.count() == 1


def test_the_language_is_that_of_the_page(client, page):
    html = give(client, address_of(page, language="ru"), "9", HERE).content.decode()
    assert '<html lang="ru"' in html


def test_the_page_of_a_rating_is_there_in_another_language(client, page, address):
    html = client.get(f"{address}?l=ru", headers=HERE).content.decode()
    assert '<html lang="ru"' in html
    assert f'action="{address_of(page, language="ru")}"' in html


def test_a_key_names_one_subject(client, page):
    give(client, address_of(page))
    assert Rating.objects.get().key == key_of(page)
