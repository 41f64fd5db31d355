"""A lock opens when somebody has waited: the server's clock counts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from smo_kit.core.subjects import key_of
from smo_kit.lock.models import Opening
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import terms_of
from tests.apps.lock.opening.conftest import is_open_to, look, openings, press

pytestmark = pytest.mark.django_db


def test_a_press_starts_the_time_and_it_opens_when_it_is_over(client, address, ref, later):
    said = press(client, address)
    assert (said["state"], said["seconds"], said["left"]) == ("waiting", 30, 30)
    assert said["sentence"] == "It opens 30 seconds after your press."
    assert not is_open_to(client, ref)
    later(29)
    assert look(client, address) == {**said, "seconds": 1, "left": 1}, "what is said stays true"
    later(1)
    assert look(client, address)["state"] == "open"
    assert is_open_to(client, ref)
    assert openings() == [("wait", "", True)]


def test_pressing_again_does_not_begin_anew_and_does_not_hurry(client, address, later):
    press(client, address)
    later(20)
    assert press(client, address)["seconds"] == 10


def test_to_ask_how_it_stands_starts_nothing(client, address, later):
    assert look(client, address)["state"] == "go"
    later(100)
    assert look(client, address)["state"] == "go"
    assert not Opening.objects.exists()


def test_a_time_of_the_readers_own_is_not_taken(client, address, ref):
    said = press(client, address, seconds="0", tried="2001-01-01", wait_seconds="0")
    assert said["seconds"] == 30
    assert not is_open_to(client, ref)


def test_a_clock_that_was_set_back_does_not_hold_anybody_up(client, address, later):
    later(3 * 24 * 3600)
    press(client, address)
    later(-3 * 24 * 3600)
    assert press(client, address)["seconds"] == 30
    later(30)
    assert look(client, address)["state"] == "open"


def test_what_came_to_nothing_long_ago_begins_anew(client, address, later):
    press(client, address)
    later(5 * 3600)
    assert look(client, address)["state"] == "go"
    assert press(client, address)["seconds"] == 30
    assert Opening.objects.count() == 1


def test_it_closes_after_its_days_and_opens_again_by_waiting_again(client, address, ref, set_terms, later):
    set_terms(days=2)
    press(client, address)
    later(30)
    look(client, address)
    row = Opening.objects.get()
    assert row.until - row.opened == dt.timedelta(days=2)
    later(2 * 24 * 3600)
    assert not is_open_to(client, ref)
    assert press(client, address)["seconds"] == 30
    assert not is_open_to(client, ref)
    later(30)
    assert look(client, address)["state"] == "open"
    assert Opening.objects.count() == 1


def test_for_good_is_for_good(client, address, ref, set_terms, later):
    set_terms(days=0)
    press(client, address)
    later(30)
    look(client, address)
    later(5000 * 24 * 3600)
    assert Opening.objects.get().until is None
    assert is_open_to(client, ref)


def test_it_is_open_to_who_has_waited_and_to_nobody_else(client, address, ref, later):
    press(client, address)
    later(30)
    look(client, address)
    other = Client()
    assert press(other, address)["state"] == "waiting"
    assert not is_open_to(other, ref)
    assert not is_open_to(Client(), ref)


def test_the_clock_of_one_lock_is_not_that_of_another(client, address, page, later):
    other = Ref(key_of(page, "en"), "second", "field", "lead", "/posts/bridges/")
    terms_of(other, {})
    press(client, address)
    later(60)
    assert press(client, f"/smo/lock/{other.sign()}/open/")["seconds"] == 30


def test_a_wait_that_the_owner_has_taken_away_opens_no_more(client, address, set_terms, later):
    press(client, address)
    set_terms(ways=["rate"])
    later(60)
    answer = client.post(address, {"way": "wait"}, headers={"Sec-Fetch-Site": "same-origin", "X-Smo-Part": "1"})
    assert answer.status_code == 400
    assert answer.json()["sentence"].startswith("It does not open that way.")


def test_time_that_somebody_began_is_counted_from_then(client, address):
    before = timezone.now()
    press(client, address)
    assert before <= Opening.objects.get().tried <= timezone.now()
