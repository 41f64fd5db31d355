"""Names of accounts: what a member may be called, and that no address becomes a name."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.db.models import CharField, EmailField, IntegerField, TextField
from django.test import Client

from smo_kit.login import naming
from smo_kit.login.leaving import _blank
from smo_kit.login.naming import with_whole_name
from tests.apps.login.wire import OWN_FORM

pytestmark = pytest.mark.django_db
URL = "/smo/login/account/"
NAMES = {"username": "", "first_name": "Nina", "last_name": "Lind", "name": ""}


def account(*fields, **values):
    """Return an account of a model that has these fields."""
    by_name = {one.name: one for one in fields}
    meta = SimpleNamespace(get_field=lambda name: by_name.get(name, IntegerField()), concrete_fields=fields)
    return SimpleNamespace(_meta=meta, **values)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Z" + "\u0301" * 140, "\u0179" + "\u0301" * 4),
        ("<b>x</b>", "x"),
        ("Anna\u200f\u061c admin", "Anna admin"),
        ("Tom & Jerry", "Tom & Jerry"),
        ("", ""),
    ],
    ids=["accents", "html", "direction", "ampersand", "none"],
)
def test_a_member_is_called_what_readers_can_read(client: Client, ann, typed, name):
    client.force_login(ann)
    assert client.post(URL, {"act": "name", "first_name": typed}, headers=OWN_FORM).status_code == 303
    ann.refresh_from_db()
    assert ann.first_name == name


@pytest.mark.parametrize(
    "typed", ["\u200b", "\u2060\u3164", "<i></i>", "&#8203;"], ids=["space", "filler", "tags", "entity"]
)
def test_a_name_that_nobody_sees_is_refused(client: Client, ann, typed):
    client.force_login(ann)
    response = client.post(URL, {"act": "name", "first_name": typed}, headers=OWN_FORM)
    assert response.status_code == 400
    assert "Nobody would see this name." in response.content.decode()
    ann.refresh_from_db()
    assert ann.first_name == "Ann"


def test_nobody_signs_up_under_an_address(client: Client):
    fields = {"email": "eve@example.org", "username": "eve@example.org", "password1": "a-long-pass-phrase"}
    page = BeautifulSoup(client.post("/accounts/signup/", fields).content, "html.parser")
    assert "Please choose a name without “@”" in page.text
    assert client.post("/accounts/signup/", {**fields, "username": "eve"}).status_code == 302


@pytest.mark.parametrize(
    ("user", "told", "name"),
    [
        (account(CharField(name="name", max_length=9), name=""), {"name": "Nina Maria Lind"}, "Nina Mar…"),
        (account(TextField(name="display_name"), display_name=""), {}, "Nina Lind"),
        (account(CharField(name="name"), name="Kept"), {}, "Kept"),
    ],
    ids=["cut", "display name", "already there"],
)
def test_a_networks_name_goes_into_the_field_that_there_is(user, told, name):
    found = with_whole_name(user, NAMES | told)
    assert name in (getattr(found, "name", ""), getattr(found, "display_name", ""))


def test_so_does_that_of_a_newcomer(web, reader, monkeypatch, django_user_model):
    monkeypatch.setattr(naming, "WHOLE_NAMES", ("last_name",))
    web.issues({"sub": "1", "name": "Nina", "email": "nina@example.org", "email_verified": False})
    reader.sign_in("issuer", "/accounts/oidc/issuer/login/callback/")
    assert django_user_model.objects.get().last_name == "Nina"


def test_a_model_without_a_field_for_it_stays_as_it_is():
    assert vars(with_whole_name(one := account(), NAMES)) == vars(one)


def test_texts_of_an_emptied_account_go_where_they_may():
    fields = (
        CharField(name="phone", blank=True),
        EmailField(name="second", blank=True, null=True, unique=True),
        TextField(name="about", blank=True),
        CharField(name="number", blank=True, unique=True),
        CharField(name="plan"),
        IntegerField(name="points", blank=True, null=True),
    )
    assert _blank(account(*fields)) == {"phone": "", "second": None, "about": ""}


class TestFieldOfTheName:
    @pytest.mark.parametrize("url", ["/smo/login/", "/accounts/login/"])
    @pytest.mark.parametrize("language", ["en", "ru"])
    def test_it_is_called_what_it_is(self, client, settings, url, language):
        settings.ACCOUNT_LOGIN_METHODS = {"username", "email"}
        page = BeautifulSoup(client.get(url, headers={"Accept-Language": language}).content, "html.parser")
        label = page.find("label", attrs={"for": "id_login"}).text
        assert label not in {"Войти", "Login"}
        assert label == "Name or e-mail address" or language == "ru"

    @pytest.mark.parametrize(("method", "label"), [("username", "Username"), ("email", "Email")])
    def test_or_as_django_allauth_says_where_that_is_clear(self, client, settings, method, label):
        settings.ACCOUNT_LOGIN_METHODS = {method}
        page = BeautifulSoup(client.get("/smo/login/").content, "html.parser")
        assert page.find("label", attrs={"for": "id_login"}).text == label

    def test_help_that_says_nothing_takes_no_room(self, client):
        page = BeautifulSoup(client.get("/smo/login/").content, "html.parser")
        assert all(one.text.strip() or one.has_attr("hidden") for one in page.select(".smo-help"))
