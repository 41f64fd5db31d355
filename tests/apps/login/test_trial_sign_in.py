"""A test of a sign-in: whatever comes back, nobody is signed in, made or changed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth import get_user
from django.contrib.auth.models import User
from django.test import Client

from smo_kit.login.models import Health
from tests.apps.login.owner import PROVIDERS, provide, staff, state_of, text, way

pytestmark = pytest.mark.django_db
CALLBACK = "/accounts/oidc/demo/login/callback/"


@pytest.fixture(autouse=True)
def a_site(settings):
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDERS
    settings.SOCIALACCOUNT_STORE_TOKENS = True


@pytest.fixture
def owner() -> Client:
    return staff("test_sign_in", name="owner")


def everything() -> list[object]:
    tables = (User, SocialAccount, SocialToken, EmailAddress)
    volatile = {"last_login"}
    return [
        {name: value for name, value in row.items() if name not in volatile}
        for table in tables
        for row in table.objects.order_by("pk").values()
    ]


def come_back(client: Client, start, **answer: str):
    return client.get(CALLBACK, {"state": state_of(start), **answer})


@pytest.fixture
def known():
    """The account of the person who tests exists, and is another's than the owner's."""
    ann = User.objects.create_user("ann", email="ann@example.org")
    return SocialAccount.objects.create(user=ann, provider="demo", uid="42", extra_data={"old": "yes"})


@pytest.mark.parametrize("is_known", [True, False])
def test_the_page_says_what_came_and_nothing_changes(owner, monkeypatch, request, is_known):
    if is_known:
        request.getfixturevalue("known")
    provide(monkeypatch)
    before = everything()
    start = owner.post(way("demo"))
    assert start.headers["Location"].startswith("https://id.example.org/authorization_endpoint?")
    back = come_back(owner, start, code="c")
    assert (back.status_code, back.headers["Location"]) == (303, way("demo"))
    assert "no-store" in back.headers["Cache-Control"]
    assert everything() == before
    assert get_user(owner).username == "owner"
    said = text(owner.get(way("demo")))
    for words in ("It works.", "Ann Reader", "says that it is verified", "an address of one came", "openid, profile"):
        assert words in said
    assert "ann@example.org" not in said
    assert Health.objects.get().succeeded_at


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"email": None, "email_verified": None}, "none came: readers will be asked for one"),
        ({"email_verified": False}, "is not verified: readers will have to confirm it"),
        ({"picture": None}, "Picture none came"),
        ({"name": None}, "Name none came"),
        ({"name": "<b>Ann</b><script>alert(1)</script>"}, "Name Ann"),
    ],
    ids=["no address", "not verified", "no picture", "no name", "hostile name"],
)
def test_what_is_lacking_is_named(owner, monkeypatch, person, words):
    provide(monkeypatch, userinfo_endpoint={"sub": "1", "name": "A", "email": "a@example.org", **person})
    come_back(owner, owner.post(way("demo")), code="c")
    answer = owner.get(way("demo"))
    assert words in text(answer)
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize(
    ("answers", "query", "words"),
    [
        ({}, {"error": "access_denied"}, "You have not allowed Demo"),
        ({}, {"error": "invalid_scope", "error_description": "No such scope: mail"}, "No such scope: mail"),
        ({"token_endpoint": (401, {"error": "invalid_client"})}, {"code": "c"}, "invalid_client"),
        ({"userinfo_endpoint": requests.ConnectionError("gone away")}, {"code": "c"}, "gone away"),
        ({"userinfo_endpoint": {"error_code": 102}}, {"code": "c"}, "KeyError"),
    ],
    ids=["denied", "bad scope", "bad client", "dead on the way", "unclear"],
)
def test_an_error_leads_back_to_the_page_with_its_details(owner, monkeypatch, answers, query, words):
    provide(monkeypatch, **answers)
    before = everything()
    back = come_back(owner, owner.post(way("demo")), **query)
    assert back.headers["Location"] == way("demo")
    said = text(owner.get(way("demo")))
    assert words in said
    assert "It works." not in said
    assert everything() == before


def test_a_provider_that_is_dead_from_the_start(owner, monkeypatch):
    provide(monkeypatch, **{"openid-configuration": requests.ConnectionError("no route")})
    back = owner.post(way("demo"))
    assert back.headers["Location"] == way("demo")
    said = text(owner.get(way("demo")))
    assert "Demo does not answer at the moment." in said
    assert "no route" in said


def test_too_many_tests(owner, monkeypatch, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "LOGIN": {"starts_per_hour": 1}}
    provide(monkeypatch)
    owner.post(way("demo"))
    assert owner.post(way("demo")).headers["Location"] == way("demo")
    assert "tried too often" in text(owner.get(way("demo")))


def test_an_answer_in_another_session_is_nothing_of_it(owner, monkeypatch, known):
    provide(monkeypatch)
    start = owner.post(way("demo"))
    stranger, boss = Client(), staff("test_sign_in", name="boss")
    before = everything()
    for one in (stranger, boss):
        back = come_back(one, start, code="c")
        assert back.headers["Location"].startswith("/smo/login/")
        assert "It works." not in text(boss.get(way("demo")))
    assert not get_user(stranger).is_authenticated
    assert everything() == before


def test_an_answer_counts_once(owner, monkeypatch, known):
    provide(monkeypatch)
    start = owner.post(way("demo"))
    come_back(owner, start, code="c")
    before = everything()
    assert come_back(owner, start, code="c").headers["Location"].startswith("/smo/login/")
    assert everything() == before


def test_who_has_lost_the_permission_meanwhile_learns_nothing(owner, monkeypatch, known):
    provide(monkeypatch)
    start = owner.post(way("demo"))
    User.objects.get(username="owner").user_permissions.clear()
    before = everything()
    come_back(owner, start, code="c")
    assert "smo_login_outcome" not in owner.session
    assert everything() == before


def test_a_test_that_was_left_alone_hinders_no_other_sign_in(owner, monkeypatch, known):
    provide(monkeypatch)
    owner.post(way("demo"))
    start = owner.post("/accounts/oidc/demo/login/?process=connect")
    back = come_back(owner, start, code="c")
    assert back.headers["Location"] != way("demo")
    assert "smo_login_outcome" not in owner.session


def test_the_answer_to_a_test_of_another_way_is_none(owner, monkeypatch):
    provide(monkeypatch)
    start = owner.post(way("github"))
    assert come_back(owner, start, code="c").headers["Location"] == way("github")
    assert "This sign-in has run out" in text(owner.get(way("github")))


def test_a_provider_that_answers_before_its_state_is_spent(owner, settings):
    """Its callback posts a signed answer, and django-allauth reads who came before it looks at the state."""
    settings.SOCIALACCOUNT_PROVIDERS = {"telegram": {"APPS": [{"client_id": "1", "secret": "token"}]}}
    start = owner.post(way("telegram"))
    back_to = parse_return(start.headers["Location"])
    data = {"id": 7, "first_name": "Ann", "auth_date": int(time.time())}
    lines = "\n".join(sorted(f"{name}={value}" for name, value in data.items()))
    data["hash"] = hmac.new(hashlib.sha256(b"token").digest(), lines.encode(), hashlib.sha256).hexdigest()
    sent = {"tgAuthResult": base64.b64encode(json.dumps(data).encode()).decode().rstrip("=")}
    before = everything()
    assert owner.post(back_to, sent).headers["Location"] == way("telegram")
    assert "Name Ann" in text(owner.get(way("telegram")))
    assert owner.post(back_to, sent).headers.get("Location") != way("telegram")
    assert everything() == before


def parse_return(location: str) -> str:
    return requests.utils.unquote(location.split("return_to=")[1].split("&", maxsplit=1)[0]).removeprefix(
        "http://testserver"
    )
