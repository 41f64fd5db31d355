"""Whatever somebody has begun goes on: any of the ways opens the lock, whichever button he presses next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from smo_kit.lock.rendering import lock_html, mark_of
from smo_kit.lock.terms import terms_of
from smo_kit.share.rungs import Rung
from tests.apps.lock.opening.conftest import HERE, SCRIPT, is_open_to, look, openings, press

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def terms(set_terms):
    set_terms(networks=["vk"], ways=["share", "wait", "rate"])


def shown(client: Client, address: str):
    """Return the private page as it is without script."""
    response = client.get(address)
    return response, BeautifulSoup(response.content, "html.parser")


def test_a_network_after_the_wait_does_not_stop_the_clock(client, address, ref, shares, later):
    press(client, address, "wait")
    later(20)
    shares(client)
    said = press(client, address, "share")
    assert (said["state"], said["seconds"], said["left"]) == ("waiting", 10, 10)
    later(10)
    assert look(client, address, "share")["state"] == "open"
    assert is_open_to(client, ref)
    assert ("wait", "", True) in openings()


def test_a_press_of_the_wait_opens_by_a_share_that_has_been_seen(client, address, shares):
    press(client, address, "wait")
    shares(client, rung=Rung.PREVIEWED)
    assert press(client, address, "wait")["state"] == "open"


def test_what_the_pressed_button_takes_is_said_beside_what_is_under_way(client, address):
    press(client, address, "wait")
    said = press(client, address, "share")
    assert said["state"] == "waiting"
    assert said["sentence"].startswith("Press one of the networks, and share the page there.")
    assert "30 seconds" in said["sentence"]


def test_a_press_leads_away_although_something_else_is_under_way(client, address, ref):
    press(client, address, "wait")
    assert press(client, address, "rate")["where"].startswith("/smo/ratings/")
    assert look(client, address, "")["state"] == "waiting"


def test_who_comes_back_from_elsewhere_comes_to_the_lock(client, address, ref, set_terms):
    set_terms(ways=["sign_in"])
    assert press(client, address, "sign_in")["where"].endswith(f"%23{mark_of(ref)}")


def test_without_script_he_is_told_to_press_a_network_first(client, address):
    answer = client.post(address, {"way": "share"}, headers=HERE, follow=True)
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.find(role="status").text == "Press one of the networks, and share the page there."


def test_without_script_the_page_comes_back_by_itself_while_he_waits(client, address, ref, later):
    private = f"/smo/lock/{ref.sign()}/"
    assert "Refresh" not in client.get(private)
    client.post(address, {"way": "wait"}, headers=HERE)
    answer, page = shown(client, private)
    assert (answer.status_code, answer["Refresh"]) == (403, "30")
    later(30)
    answer, page = shown(client, private)
    assert "Refresh" not in answer
    assert page.find("button", string="Open it")
    assert page.find(role="status").text == "You have waited. It is open to you."
    assert not is_open_to(client, ref), "a look opens nothing"


def test_a_way_in_the_address_that_is_none_says_nothing(client, address, ref):
    press(client, address, "rate")
    assert shown(client, f"/smo/lock/{ref.sign()}/?way=no%00ne")[1].find(role="status").text == ""


def test_a_script_that_looks_at_what_is_closed_gets_nothing_and_no_error(client, address, ref):
    answer = client.get(f"/smo/lock/{ref.sign()}/", headers=SCRIPT)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "no-store" in answer["Cache-Control"]


def test_the_lock_has_one_mark_in_all_languages_by_which_a_browser_remembers_it(ref):
    other = replace(ref, key=ref.key.speaking("ru"), path="/ru/posts/mosty/")
    assert mark_of(other) == mark_of(ref)
    page = BeautifulSoup(lock_html(other, terms_of(other, {})), "html.parser")
    assert page.find(id=mark_of(ref))["data-smo-lock"] == f"/smo/lock/{other.sign()}/"
