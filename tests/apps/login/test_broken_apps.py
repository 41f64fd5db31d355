"""Applications that nobody can use: no page breaks, no button leads nowhere, and the owner reads what to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.test import Client
from django.urls import NoReverseMatch

from smo_kit.login.defaults import fill_in
from smo_kit.login.faults import BREAKS, Fault, fault_of_exception
from smo_kit.login.ways import _has_address, ways
from tests.apps.login.owner import provide, staff, text, way
from tests.apps.login.wire import OWN_FORM, fault_in

pytestmark = pytest.mark.django_db
PAGES = ("/smo/login/", "/accounts/login/", "/smo/login/account/", "/accounts/3rdparty/")


def in_table(**fields: Any) -> SocialApp:
    app = SocialApp.objects.create(**{"provider": "github", "name": "Odd", "client_id": "1", "secret": "1", **fields})
    app.sites.add(1)
    return app


@pytest.mark.parametrize("settings", [["scope"], "text", 5, True], ids=["list", "text", "number", "true"])
def test_settings_that_are_no_object_break_no_page(ann, admin_client, settings):
    in_table(settings=settings)
    member = Client()
    member.force_login(ann)
    SocialAccount.objects.create(user=ann, provider="github", uid="1")

    assert [one.id for one in ways()] == ["github"]
    for browser in (Client(), member):
        assert {browser.get(url).status_code for url in PAGES} <= {200, 302, 303}
    assert Client().post("/smo/login/start/", {"with": "github"}, headers=OWN_FORM)["Location"].startswith("https://")
    assert "The settings of the application are no object of JSON" in text(admin_client.get(way("github")))


def test_settings_that_are_empty_are_nothing_to_complain_of(admin_client):
    for empty in ({}, [], ""):
        assert not fill_in(SocialApp(provider="github", settings=empty)).is_garbled
    in_table(settings={})
    assert "no object of JSON" not in text(admin_client.get(way("github")))


@pytest.mark.parametrize("id_", ["", "a/b c"], ids=["none", "slash"])
def test_an_application_that_fits_into_no_address_has_no_button(admin_client, id_):
    in_table(provider="openid_connect", provider_id=id_, settings={"server_url": "https://id.example.org"})
    start = {"with": id_ or "openid_connect", "next": "/about/"}

    assert ways() == ()
    assert fault_in(Client().post("/smo/login/start/", start, headers=OWN_FORM)) == (Fault.UNKNOWN, "/about/")
    page = text(admin_client.get(way(id_ or "openid_connect")))
    assert "It has no address on this site" in page
    assert "Give it a provider id without “/”" in page


def test_a_test_of_one_ends_with_a_sentence(monkeypatch):
    provide(monkeypatch)
    in_table(provider="openid_connect", settings={"server_url": "https://id.example.org"})
    tester = staff("test_sign_in")

    assert tester.post(way("openid_connect"))["Location"] == way("openid_connect")
    assert "does not let this site sign people in" in text(tester.get(way("openid_connect")))


def test_no_address_is_the_sites_fault():
    assert isinstance(NoReverseMatch(), BREAKS)
    assert fault_of_exception(NoReverseMatch("'x' is not a valid view")) == Fault.REFUSED


def test_a_provider_of_the_sites_own_that_names_no_address_keeps_its_button():
    def get_login_url(request: object) -> str:
        raise NotImplementedError

    assert _has_address(lambda request, app: SimpleNamespace(get_login_url=get_login_url), None)


def test_a_hidden_application_can_be_tested_and_not_used(settings, monkeypatch):
    provide(monkeypatch)
    hidden = {"client_id": "1", "secret": "2", "settings": {"hidden": True}}
    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"APPS": [hidden]}}
    tester = staff("test_sign_in")

    assert b"Test this sign-in" in tester.get(way("github")).content
    assert tester.post(way("github"))["Location"].startswith("https://github.com/")
    start = {"with": "github", "next": "/about/"}
    assert fault_in(Client().post("/smo/login/start/", start, headers=OWN_FORM)) == (Fault.UNKNOWN, "/about/")
