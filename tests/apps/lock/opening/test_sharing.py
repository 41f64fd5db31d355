"""A lock opens by a share that has come as far as its owner wants, or as the network can show."""

from __future__ import annotations

import pytest
from django.test import Client

from smo_kit.core.subjects import key_of
from smo_kit.lock.models import Opening
from smo_kit.lock.offers import offers_for
from smo_kit.lock.refs import Ref
from smo_kit.lock.terms import terms_of
from smo_kit.lock.ways import sharing
from smo_kit.networks.registry import network
from smo_kit.share.models import PersonalLink
from smo_kit.share.rungs import Rung
from tests.apps.lock.opening.conftest import is_open_to, look, openings, press
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(address):
    """Somebody who has a cookie: by the button that says that he has shared it."""
    client = Client()
    said = press(client, address, "share")
    assert said["sentence"] == "Press one of the networks, and share the page there."
    assert (said["state"], said["where"]) == ("go", "")
    return client


@pytest.fixture(autouse=True)
def to_vk(request, set_terms):
    set_terms(networks=["vk", "email"])


def test_it_opens_when_the_robot_has_fetched_the_link(client, address, ref, shares):
    shares(client)
    said = look(client, address, "share")
    assert said["state"] == "waiting"
    assert said["seconds"] == sharing.SECONDS
    assert said["sentence"].endswith("to look at your link…")
    shares(client, rung=Rung.PREVIEWED)
    assert look(client, address, "share")["state"] == "open"
    assert is_open_to(client, ref)
    assert openings() == [("share", "vk", True)]


def test_going_out_and_closing_the_window_opens_nothing(client, address, ref, shares):
    for _ in range(5):
        shares(client)
        assert press(client, address, "share")["state"] == "waiting"
    assert not is_open_to(client, ref)


def test_who_waits_for_a_network_that_says_nothing_comes_in_after_a_while(client, address, shares, later):
    shares(client)
    later(59)
    shares(client)  # to go out once more does not begin anew
    said = look(client, address, "share")
    assert (said["seconds"], said["left"]) == (1, 1)
    assert "or 60 seconds after you went there" in said["sentence"]
    later(1)
    assert look(client, address, "share")["state"] == "open"
    assert openings() == [("share", "vk", True)]


def test_a_network_that_can_show_nothing_is_waited_for_too(client, address, set_terms, shares, later):
    shares(client, "email")
    assert look(client, address, "share")["state"] == "waiting"
    later(60)
    assert look(client, address, "share")["state"] == "open"


def test_who_asks_for_no_more_than_going_out_gets_no_more(client, address, set_terms, shares):
    set_terms(rung="opened")
    shares(client, "email")
    assert look(client, address, "share")["state"] == "open"


def test_nothing_takes_the_place_of_another_person(client, address, ref, set_terms, shares, later):
    set_terms(rung="visited")
    shares(client, rung=Rung.VERIFIED)
    later(3600)
    said = look(client, address, "share")
    assert (said["state"], said["sentence"][:35]) == ("waiting", "It opens when somebody comes by you")
    shares(client, rung=Rung.VISITED)
    assert look(client, address, "share")["state"] == "open"


def test_a_higher_rung_than_asked_for_does(client, address, shares):
    shares(client, rung=Rung.VISITED)
    assert look(client, address, "share")["state"] == "open"


def test_what_was_shared_before_counts_for_as_long_as_the_lock_stays_open(client, address, shares, set_terms, later):
    shares(client, rung=Rung.PREVIEWED, token="")  # by a button that is none of the lock's
    assert not Opening.objects.exists()
    later(29 * 24 * 3600)
    assert press(client, address, "share")["state"] == "open"


def test_what_was_shared_long_ago_does_not(client, address, shares, later):
    shares(client, rung=Rung.PREVIEWED)
    later(31 * 24 * 3600)
    assert press(client, address, "share")["state"] == "go"


def test_a_link_of_another_visitor_opens_nothing(client, address, shares):
    other = Client()
    press(other, address, "share")
    shares(other, rung=Rung.VERIFIED)
    assert press(client, address, "share")["state"] == "go"


def test_a_network_that_is_not_offered_opens_nothing(client, address, shares, later):
    shares(client, "ok", rung=Rung.VERIFIED)
    later(100)
    assert press(client, address, "share")["state"] == "go"
    assert not Opening.objects.exists()


def test_the_token_of_another_page_begins_nothing(client, address, shares, db):
    other = Ref(
        key_of(Post.objects.create(slug="other", title="Other"), "en"), "more", "field", "body", "/posts/other/"
    )
    terms_of(other, {"networks": ["vk"]})
    shares(client, token=other.sign())
    assert not Opening.objects.exists()


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000, "\0", "a:b:c"], ids=repr)
def test_a_forged_token_begins_nothing_and_keeps_nobody_from_going_out(client, shares, token):
    assert shares(client, token=token).pk
    assert not Opening.objects.exists()


def test_a_database_that_is_away_keeps_nobody_from_going_out(client, shares, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise RuntimeError("away")

    monkeypatch.setattr("smo_kit.lock.steps.begin", fail)
    assert shares(client).pk
    assert "can't be written down" in caplog.text


def test_where_only_members_may_open_a_guest_who_goes_out_begins_nothing(client, address, shares, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"unlock": "members"}}
    shares(client)
    assert not Opening.objects.exists()


def test_a_network_is_asked_for_the_highest_that_it_can_show():
    vk, email = network("vk"), network("email")
    assert sharing.rung_for(email, Rung.VERIFIED) == Rung.OPENED
    assert sharing.rung_for(email, Rung.VISITED) == Rung.VISITED
    assert sharing.rung_for(vk, Rung.PREVIEWED) == Rung.PREVIEWED
    assert sharing.rung_for(vk, Rung.OPENED) == Rung.OPENED


def test_links_lead_out_with_the_lock_and_a_button_asks_whether_it_is_known(ref, lock):
    vk, email, asks, wait = offers_for(ref, terms_of(ref))
    assert vk.href.startswith("/smo/out/vk/?o=")
    assert f"l={ref.sign()}".replace(":", "%3A") in vk.href
    assert email.network == "email"
    assert (asks.href, asks.way, str(asks.label)) == ("", "share", "I have shared it")
    assert asks.place == "helper"
    assert str(wait.label) == "Wait 30 seconds"


def test_a_deleted_link_is_no_proof_any_more(client, address, shares):
    shares(client, rung=Rung.PREVIEWED)
    PersonalLink.objects.all().delete()
    assert look(client, address, "share")["state"] == "waiting"
