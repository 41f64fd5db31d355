"""A lock opens for what somebody has done here; whether he has, the tables of its app say."""

from __future__ import annotations

import pytest
from django.test import Client

from smo_kit.comments.deeds import _is_done as has_commented
from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Entry
from smo_kit.comments.people import author_mark
from smo_kit.comments.services import post
from smo_kit.comments.states import State
from smo_kit.core.deeds import all_deeds
from smo_kit.core.visitors import visitor_of
from smo_kit.lock.offers import offers_for
from smo_kit.lock.terms import terms_of
from smo_kit.notify import services
from smo_kit.notify.subscribers import at_address, prove, subscriber_of
from smo_kit.ratings.services import rate, unrate
from tests.apps.lock.opening.conftest import HERE, is_open_to, look, openings, press, request_of

pytestmark = pytest.mark.django_db


def buttons(ref) -> list[str]:
    return [offer.way for offer in offers_for(ref, terms_of(ref))]


def test_apps_tell_what_can_be_done_in_the_order_of_the_buttons():
    assert [deed.id for deed in all_deeds()] == ["sign_in", "subscribe", "comment", "rate"]


def test_a_press_leads_to_where_it_is_done_and_a_rating_opens(client, address, ref, set_terms, page):
    set_terms(ways=["rate"])
    said = press(client, address, "rate")
    assert said["state"] == "go"
    assert said["where"].startswith("/smo/ratings/")
    assert client.get(said["where"]).status_code == 200
    assert look(client, address, "rate")["state"] == "go"
    assert look(client, address, "rate")["where"] == ""
    rate(page, "4", visitor_of(request_of(client)))
    assert look(client, address, "rate")["state"] == "open"
    assert openings() == [("rate", "", True)]
    assert is_open_to(client, ref)


def test_without_script_a_press_leads_there_too_and_a_look_comes_back(client, address, ref, set_terms):
    set_terms(ways=["rate"])
    answer = client.post(address, {"way": "rate"}, headers=HERE)
    assert answer.status_code == 303
    assert answer["Location"].startswith("/smo/ratings/")
    answer = client.post(address, {"way": "rate", "again": "1"}, headers=HERE)
    assert answer["Location"] == f"/smo/lock/{ref.sign()}/"


def test_a_rating_that_was_taken_back_is_none(client, address, set_terms, page):
    set_terms(ways=["rate"])
    press(client, address, "rate")
    visitor = visitor_of(request_of(client))
    rate(page, "4", visitor)
    unrate(page, visitor)
    assert look(client, address, "rate")["state"] == "go"


def test_a_rating_of_another_browser_is_not_ones_own(client, address, set_terms, page):
    set_terms(ways=["rate"])
    other = Client()
    press(other, address, "rate")
    rate(page, "4", visitor_of(request_of(other)))
    press(client, address, "rate")
    assert look(client, address, "rate")["state"] == "go"


def test_a_comment_opens_as_soon_as_it_can_be_read(client, address, set_terms, page):
    set_terms(ways=["comment"])
    said = press(client, address, "comment")
    assert said["where"].startswith("/smo/comments/")
    assert client.get(said["where"]).status_code == 200
    visitor = visitor_of(request_of(client))
    entry = post(page, Draft(text="Stone by stone.", name="Bob", email="bob@example.org", visitor=visitor)).entry
    assert entry.author_mark == author_mark(visitor)
    Entry.objects.update(state=State.HELD)
    said = look(client, address, "comment")
    assert (said["state"], said["where"]) == ("waiting", "")
    assert "looked at first" in said["sentence"]
    Entry.objects.update(state=State.PUBLISHED)
    assert look(client, address, "comment")["state"] == "open"


def test_a_members_comment_counts_from_any_browser(client, page, ref, member):
    post(page, Draft(text="Stone by stone.", user=member))
    Entry.objects.update(state=State.PUBLISHED, author_mark="")
    client.force_login(member)
    assert has_commented(request_of(client), ref.key)
    assert not has_commented(request_of(Client()), ref.key)


def test_comments_without_a_browser_are_not_every_guests(client, address, page, ref):
    post(page, Draft(text="Stone by stone.", name="Bob", email="bob@example.org"))
    Entry.objects.update(state=State.PUBLISHED)
    press(client, address)
    assert not has_commented(request_of(client), ref.key)


def test_a_subscription_of_a_member_opens(client, address, set_terms, page, member):
    set_terms(ways=["subscribe"])
    client.force_login(member)
    said = press(client, address, "subscribe")
    assert said["where"].startswith("/smo/notify/follow/?o=")
    assert client.get(said["where"]).status_code == 200
    subscriber, discussion = subscriber_of(member), _discussion(page)
    services.follow(subscriber, discussion)
    assert look(client, address, "subscribe")["state"] == "open"


def test_a_subscription_of_a_guest_opens_in_the_browser_that_has_proved_it(client, address, set_terms, page):
    set_terms(ways=["subscribe"])
    press(client, address, "subscribe")
    browser = author_mark(visitor_of(request_of(client)))
    subscriber = at_address("bob@example.org")
    services.follow(subscriber, _discussion(page))
    assert look(client, address, "subscribe")["state"] == "waiting"
    prove(subscriber, browser="f" * 64)
    assert look(client, address, "subscribe")["state"] == "waiting"
    prove(subscriber, browser=browser)
    assert look(client, address, "subscribe")["state"] == "open"


def test_who_has_muted_it_has_not_subscribed(client, address, set_terms, page, member):
    set_terms(ways=["subscribe"])
    client.force_login(member)
    press(client, address, "subscribe")
    services.mute(subscriber_of(member), _discussion(page))
    assert look(client, address, "subscribe")["state"] == "waiting"


def test_ways_of_apps_that_are_not_there_are_left_out_and_waiting_is_added(ref, lock, set_terms, monkeypatch):
    set_terms(ways=["rate", "comment", "share"], networks=["vk"])
    assert buttons(ref) == ["rate", "comment", "share", "share"]
    monkeypatch.setattr("smo_kit.lock.ways.doing.deed_of", lambda way: None)
    assert buttons(ref) == ["share", "share", "wait"]


def test_where_nothing_is_left_there_is_waiting(ref, set_terms, monkeypatch):
    set_terms(ways=["rate"])
    monkeypatch.setattr("smo_kit.lock.ways.doing.deed_of", lambda way: None)
    assert buttons(ref) == ["wait"]


def test_what_can_be_done_no_more_says_so(client, address, set_terms, monkeypatch):
    set_terms(ways=["rate", "wait"])
    press(client, address, "rate")
    monkeypatch.setattr("smo_kit.lock.ways.doing.deed_of", lambda way: None)
    answer = client.post(address, {"way": "rate"}, headers={**HERE, "X-Smo-Part": "1"})
    assert (answer.status_code, answer.json()["sentence"][:29]) == (400, "It does not open that way. Pl")


def _discussion(page):
    from smo_kit.comments.discussions import discussion_of

    return discussion_of(page)
