"""A page that waits asks whether there is news: neither the session nor the database is asked for that."""

from __future__ import annotations

import time

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from smo_kit.core.visitors import COOKIE, visitor_of
from smo_kit.engagement.services import record
from smo_kit.share.rungs import Rung
from tests.apps.lock.opening.conftest import press, request_of
from tests.urls import urlpatterns as tests_urls

NEWS = "/smo/lock/news/"


def empty(request):
    return HttpResponse(status=204)


urlpatterns = [path("empty/", empty), *tests_urls]


def told(client: Client, **headers: str) -> str:
    answer = client.get(NEWS, headers=headers)
    assert answer["Cache-Control"] == "no-store"
    assert answer.status_code == (200 if answer.content else 204)
    return answer.content.decode()


@pytest.mark.django_db
def test_a_rung_that_a_share_has_come_to_is_news_for_its_sharer_alone(client, address, shares, set_terms):
    set_terms(networks=["vk"])
    other = Client()
    for one in (client, other):
        press(one, address, "share")
    shares(client)
    assert told(client) == told(other) == ""
    shares(client, rung=Rung.PREVIEWED)
    word = told(client)
    assert word
    assert told(client) == word
    assert told(other) == told(Client()) == ""
    shares(client, rung=Rung.VERIFIED)
    assert told(client) not in {"", word}


@pytest.mark.django_db
def test_a_member_is_told_by_his_cookie_alone(client, address, shares, set_terms, member):
    set_terms(networks=["vk"])
    client.force_login(member)
    press(client, address, "share")
    shares(client, rung=Rung.PREVIEWED)
    poll = Client()
    poll.cookies[COOKIE] = client.cookies[COOKIE].value
    assert told(poll)


@pytest.mark.django_db
def test_what_somebody_does_is_news_for_him(client, address, page, django_capture_on_commit_callbacks):
    press(client, address)
    with django_capture_on_commit_callbacks(execute=True):
        record("rated", page, visitor=visitor_of(request_of(client)))
    assert told(client)


@pytest.mark.parametrize("value", ["", "forged", "0" * 32 + ".:forged", '"\\000"'], ids=repr)
def test_a_forged_cookie_hears_nothing(client, value):
    assert told(client, cookie=f"{COOKIE}={value}") == ""


def test_no_database_and_no_session_is_asked(client):  # without the mark, a query is an error
    client.cookies["sessionid"] = "x" * 32
    assert told(client) == ""
    assert "Cookie" not in client.get(NEWS).get("Vary", "")


def test_news_are_only_looked_at(client):
    assert client.post(NEWS).status_code == 405


@pytest.mark.django_db
def test_it_costs_little_more_than_an_empty_view(client, address, settings):
    press(client, address)
    settings.ROOT_URLCONF = __name__
    spent: dict[str, list[float]] = {"/empty/": [], NEWS: []}
    for _ in range(200):
        for where, seconds in spent.items():
            seconds.append(_seconds(client, where))
    empty_view, news = (min(seconds) for seconds in spent.values())
    assert news <= empty_view * 1.5, (news, empty_view)


def _seconds(client: Client, where: str) -> float:
    """Return what one request costs the processor, whatever else runs."""
    start = time.process_time()
    client.get(where)
    return time.process_time() - start
