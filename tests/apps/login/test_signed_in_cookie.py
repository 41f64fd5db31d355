"""The cookie by which the script of a page knows that somebody is in: whichever way he came."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from smo_kit.login.signed_in_cookie import COOKIE

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    user = get_user_model().objects.create_superuser("ada", "ada@example.org", "pw")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.mark.parametrize(
    ("path", "name"),
    [("/smo/login/password/", "login"), ("/admin/login/", "username")],
    ids=["password", "admin"],
)
def test_it_comes_and_goes_with_a_sign_in(client, ada, path, name):
    client.get("/smo/login/?next=/about/")
    assert COOKIE not in client.cookies
    client.post(path, {name: "ada", "password": "wrong"})
    assert COOKIE not in client.cookies
    answer = client.post(path, {name: "ada", "password": "pw"})
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["path"], cookie["samesite"], cookie["httponly"]) == ("1", "/", "Lax", "")
    assert "sessionid" in answer.cookies
    client.post("/accounts/logout/")
    assert client.cookies[COOKIE].value == ""


def test_it_comes_when_the_code_is_typed_and_not_before(client):
    new = {"email": "bob@example.org", "username": "bob", "password1": "x7!kkwqweQ12"}
    client.post("/accounts/signup/", new)
    client.get("/smo/login/me/")
    assert COOKIE not in client.cookies
    code = client.session["account_email_verification_code"]["code"]
    client.post("/accounts/confirm-email/", {"code": code})
    assert client.cookies[COOKIE].value == "1"


def test_it_is_mended_when_the_page_asks(client, ada):
    client.cookies[COOKIE] = "1"
    assert client.get("/smo/login/me/").cookies[COOKIE].value == ""
    client.force_login(ada)
    del client.cookies[COOKIE]
    assert client.get("/smo/login/me/").cookies[COOKIE].value == "1"


def test_it_lives_as_long_as_the_session(client, ada, settings):
    settings.ACCOUNT_SESSION_REMEMBER = False
    answer = client.post("/smo/login/password/", {"login": "ada", "password": "pw"})
    assert answer.cookies[COOKIE]["max-age"] == answer.cookies["sessionid"]["max-age"] == ""
