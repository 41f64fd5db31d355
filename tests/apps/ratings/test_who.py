"""Who may rate; a guest who may not comes back as a member, and finds his rating given."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in
from django.test import RequestFactory

from smo_kit.core.visitors import Visitor
from smo_kit.ratings.models import Rating, Summary
from smo_kit.ratings.services import given_by, summary_of
from tests.apps.ratings.conftest import HERE, SCRIPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def members_only(settings):
    settings.SMO_KIT = {"ACCESS": {"rate": "members"}}
    settings.LOGIN_URL = "/accounts/login/"


def give(client, address, value="4", headers=HERE, **more):
    return client.post(address, {"rate": value, **more}, headers=headers)


def test_a_guest_is_led_to_sign_in_and_his_wish_is_carried_out(client, page, member, address, members_only):
    answer = give(client, address, join="")
    assert answer.status_code in {302, 303}
    assert not Rating.objects.exists()
    client.force_login(member)
    assert given_by(page, Visitor("", member.pk)) == "4"
    assert "You gave 4 of 5" in client.get(address, headers=HERE).content.decode()


def test_a_guest_reads_why_before_he_is_led_anywhere(client, page, address, members_only):
    answer = give(client, address)
    assert answer.status_code == 403
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.h1.text == "Only members may rate this. Please sign in."
    form = soup.select_one(".smo-rating-act")
    assert (form["action"], form.select_one("[name=rate]")["value"]) == (address, "4")
    assert form.select_one("button[name=join]")
    assert page.get_absolute_url() in answer.content.decode()
    assert "sessionid" not in answer.cookies


def test_where_nobody_can_sign_in_it_is_said_alone(client, address, members_only, settings):
    settings.LOGIN_URL = "/nowhere/at-all/"
    answer = give(client, address)
    assert answer.status_code == 403
    assert "smo-rating-act" not in answer.content.decode()


def test_a_wish_is_carried_out_once(client, page, member, address, members_only):
    give(client, address, join="")
    client.force_login(member)
    give(client, address, "")
    client.logout()
    client.force_login(member)
    assert summary_of(page).count == 0


def test_an_old_wish_is_forgotten(client, page, member, address, members_only, monkeypatch):
    give(client, address, join="")
    monkeypatch.setattr("smo_kit.core.wishes.KEPT_SECONDS", -1)
    client.force_login(member)
    assert not Rating.objects.exists()


def test_a_wish_for_what_there_is_not_keeps_nobody_from_coming_in(client, page, member, address, members_only):
    give(client, address, "17", join="")
    client.force_login(member)
    assert client.session["_auth_user_id"] == str(member.pk)
    assert not Rating.objects.exists()


def test_the_script_is_told_and_sends_the_form_itself(client, page, address, members_only):
    answer = give(client, address, headers=SCRIPT)
    assert answer.status_code == 403
    assert answer.json() == {"error": "Only members may rate this. Please sign in."}
    assert "sessionid" not in answer.cookies


def test_a_member_outside_of_the_groups_is_told(client, page, member, address, settings):
    settings.SMO_KIT = {"ACCESS": {"rate": "groups", "groups": ("readers",)}}
    client.force_login(member)
    assert give(client, address).status_code == 403
    member.groups.add(Group.objects.create(name="readers"))
    assert give(client, address).status_code == 303


def test_what_a_guest_gave_joins_his_account_when_he_signs_in(client, page, member, address):
    give(client, address)
    came_in(member, client)
    assert given_by(page, Visitor("", member.pk)) == "4"
    assert summary_of(page).count == 1


def test_a_sign_in_without_a_request_is_none_of_ours(client, page, member, address):
    give(client, address)
    user_logged_in.send(type(member), request=None, user=member)
    assert not given_by(page, Visitor("", member.pk))
    assert summary_of(page).count == 1


def came_in(member, client):
    """Send what Django sends when somebody has signed in."""
    factory = RequestFactory()
    factory.cookies = client.cookies
    user_logged_in.send(type(member), request=factory.post("/sign-in/"), user=member)


def test_ratings_that_nobody_counts_keep_nobody_from_coming_in(client, page, member, address):
    give(client, address)
    Summary.objects.all().delete()
    came_in(member, client)
    assert not Rating.objects.exists()


def test_what_fails_is_logged_and_keeps_nobody_from_coming_in(client, page, member, address, monkeypatch, caplog):
    give(client, address)
    monkeypatch.setattr("smo_kit.ratings.joining.join", lambda *args: 1 / 0)
    came_in(member, client)
    assert "can't be made his account's now" in caplog.text
