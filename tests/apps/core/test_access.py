"""Who may comment, rate and unlock."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser, Group
from django.core.checks import run_checks
from django.test import override_settings
from django.urls import reverse

from smo_kit.core.access import GUESTS, OTHERS, may, register_exception, ways_for, who_may, why_not
from smo_kit.core.access_conf import ACTS, access_settings
from smo_kit.core.settings import AppSettings
from smo_kit.core.subjects import Key

pytestmark = pytest.mark.django_db

CURE = "It is SMO_KIT['ACCESS']['comment'] now."


@pytest.fixture
def ask(rf, django_user_model):
    """Return a request of somebody: "guest", "member", "staff", or a member of the group that he is named for."""

    def ask(who: str):
        request = rf.get("/")
        request.user = AnonymousUser()
        if who != "guest":
            request.user = django_user_model.objects.create_user(who, is_staff=who == "staff")
            if who not in {"member", "staff"}:
                request.user.groups.add(Group.objects.get_or_create(name=who)[0])
        return request

    return ask


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("who", "admitted"),
    [
        ("everyone", {"guest", "member", "staff", "Friends", "Others"}),
        ("members", {"member", "staff", "Friends", "Others"}),
        ("groups", {"staff", "Friends"}),
    ],
)
@pytest.mark.parametrize("person", ["guest", "member", "staff", "Friends", "Others"])
def test_who_may(ask, settings, act, who, admitted, person):
    settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {act: who, "groups": ["Friends"]}}
    request = ask(person)
    assert may(request, act) is (person in admitted)
    sentence = why_not(request.user, act, who)
    assert sentence == ("" if person in admitted else (GUESTS if person == "guest" else OTHERS)[act])


def test_without_a_group_that_is_named_only_staff_may(ask, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"comment": "groups"}}
    assert may(ask("staff"), "comment")
    assert not may(ask("Friends"), "comment")


def test_everyone_and_members_ask_the_database_nothing(ask, django_assert_num_queries):
    request = ask("member")
    with django_assert_num_queries(0):
        assert not why_not(request.user, "comment", "members")
        assert not why_not(request.user, "comment", "everyone")


def test_a_subject_may_have_it_otherwise(monkeypatch, ask):
    monkeypatch.setattr("smo_kit.core.access._exceptions", {})
    register_exception("rate", lambda key: "members" if key.object_pk == "1" else None)
    assert who_may("rate", Key(1, "1")) == "members"
    assert who_may("rate", Key(1, "2")) == who_may("rate") == "everyone"
    assert not may(ask("guest"), "rate", Key(1, "1"))


def test_what_has_its_app_is_shown(admin_client):
    page = admin_client.get(reverse("admin:smo_core_settings_tab", args=["access"]))
    shown = {one["name"] for one in BeautifulSoup(page.content, "html.parser").select("form [name]")}
    assert {"comment", "rate", "unlock", "groups"} <= shown


def test_what_has_no_app_is_not_shown(monkeypatch):
    monkeypatch.setattr("smo_kit.core.settings.apps.is_installed", lambda name: name != "smo_kit.lock")
    assert set(access_settings.editable) == {"comment", "rate", "groups"}


def test_without_any_of_the_apps_there_is_no_tab(monkeypatch):
    monkeypatch.setattr("smo_kit.core.settings.apps.is_installed", lambda name: False)
    assert not access_settings.editable
    assert access_settings.fields


def test_it_is_saved_in_the_admin(admin_client, ask):
    address = reverse("admin:smo_core_settings_tab", args=["access"])
    sent = {"comment": "groups", "rate": "everyone", "unlock": "everyone", "groups": "Friends\nOthers"}
    assert admin_client.post(address, sent).status_code == 302
    assert access_settings().groups == ("Friends", "Others")
    assert may(ask("Others"), "comment")
    assert not may(ask("member"), "comment")


def test_a_group_without_a_name_is_refused():
    with pytest.raises(ValueError, match="names of groups"):
        access_settings.accept("groups", [" "])


@override_settings(SMO_KIT={"COMMENTS": {"who": "members"}})
def test_the_earlier_setting_says_where_it_is_now():
    (found,) = [one for one in run_checks() if one.id == "smo_kit.E001"]
    assert "SMO_KIT['COMMENTS'] has no setting 'who'" in found.msg
    assert found.hint == CURE


def test_what_was_moved_is_named_by_its_app_alone():
    hints = {one.name: one.moved for one in AppSettings.registry.values() if one.moved}
    assert hints == {"COMMENTS": {"who": "SMO_KIT['ACCESS']['comment']"}}


class TestWays:
    def test_members_need_none(self, ask):
        assert ways_for(ask("member")) == ()

    def test_a_site_without_providers_has_its_page(self, ask, settings):
        settings.LOGIN_URL = "account_login"
        assert [(one.id, str(one.name)) for one in ways_for(ask("guest"))] == [("", "Sign in")]

    def test_where_nobody_can_sign_in_nothing_is_offered(self, ask, settings):
        settings.LOGIN_URL = "/nowhere/"
        assert ways_for(ask("guest")) == ()
