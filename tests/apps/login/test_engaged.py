"""A sign-in by a network is told once, for what the reader was reading."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client

from smo_kit.core.models import Place
from smo_kit.core.signals import engaged
from smo_kit.core.subjects import key_of
from smo_kit.core.visitors import COOKIE, visitor_for_act
from smo_kit.login.models import Health
from smo_kit.mail.models import Mail
from tests.apps.login.test_flow import CODE, code_in
from tests.apps.login.wire import Reader, Web, state_of
from tests.blog.models import Post

pytestmark = pytest.mark.django_db

ANN = {"id": 1, "login": "ann", "email": None}
MAILS = [{"email": "ann@example.org", "primary": True, "verified": True}]


@pytest.fixture
def told(django_capture_on_commit_callbacks: Any) -> Any:
    """Return what was told while a test did something."""
    heard: list[dict[str, Any]] = []

    def hear(sender: Any, **news: Any) -> None:
        heard.append(news)

    engaged.connect(hear)

    def told(act: Any) -> list[dict[str, Any]]:
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return heard

    yield told
    engaged.disconnect(hear)


@pytest.fixture
def github(web: Web) -> Web:
    web["https://github.com/login/oauth/access_token"] = {"access_token": "t"}
    web["https://api.github.com/user"] = ANN
    web["https://api.github.com/user/emails"] = MAILS
    return web


def sign_in(reader: Reader, **fields: str) -> None:
    state = state_of(reader.start("github", **fields))
    reader.back("/accounts/github/login/callback/", state)


def test_it_is_told_for_what_the_reader_was_reading(github: Web, reader: Reader, told: Any) -> None:
    post = Post.objects.create(slug="bridges", title="Bridges", lead="How", body="Stone.")

    (news,) = told(lambda: sign_in(reader, o=key_of(post).sign()))

    assert (news["kind"], news["network"]) == ("signed_in", "github")
    assert news["subject"] == key_of(post).speaking("")
    assert Health.objects.get().succeeded_at is not None


def test_it_is_told_for_the_page_with_all_ways(github: Web, reader: Reader, told: Any, settings: Any) -> None:
    (news,) = told(lambda: sign_in(reader))

    assert news["subject"] == key_of(Place.objects.get(path=settings.LOGIN_URL))


@pytest.mark.parametrize("forged", ["forged", "1.en.1:forged", "\x00"])
def test_a_forged_subject_is_none(github: Web, reader: Reader, told: Any, forged: str, settings: Any) -> None:
    (news,) = told(lambda: sign_in(reader, o=forged))

    assert news["subject"] == key_of(Place.objects.get(path=settings.LOGIN_URL))


def test_what_the_browser_did_before_joins_the_account(github: Web, reader: Reader, told: Any, rf: Any) -> None:
    request, answer = rf.post("/"), HttpResponse()
    request.user = AnonymousUser()
    before = visitor_for_act(request, answer)
    reader.client.cookies[COOKIE] = answer.cookies[COOKIE].value

    (news,) = told(lambda: sign_in(reader))

    assert (news["visitor"].key, str(news["visitor"].user_id)) == (before.key, reader.user_id)


def test_it_is_told_once_when_a_code_comes_in_between(github: Web, reader: Reader, told: Any) -> None:
    github["https://api.github.com/user/emails"] = [{**MAILS[0], "verified": False}]

    assert told(lambda: sign_in(reader)) == []
    (news,) = told(lambda: reader.client.post(CODE, {"code": code_in(Mail.objects.get())}))

    assert news["network"] == "github"


def test_who_comes_again_is_told_again(github: Web, reader: Reader, told: Any) -> None:
    sign_in(reader)
    again = Reader(Client())

    (news,) = told(lambda: sign_in(again))

    assert news["kind"] == "signed_in"


def test_connecting_is_no_sign_in(reader: Reader, ann: Any, told: Any) -> None:
    EmailAddress.objects.create(user=ann, email="ann@example.org", verified=True, primary=True)
    reader.client.force_login(ann)

    assert told(lambda: reader.dummy(process="connect")) == []
    assert SocialAccount.objects.count() == 1


def test_a_mere_round_is_no_sign_in(reader: Reader, ann: Any, told: Any) -> None:
    reader.client.force_login(ann)

    assert told(lambda: reader.dummy(process="redirect")) == []
    assert SocialAccount.objects.count() == 0


def test_what_came_to_nothing_is_not_told(github: Web, reader: Reader, ann: Any, told: Any) -> None:
    assert told(lambda: sign_in(reader)) == []


def test_a_provider_that_is_no_network_is_told_without_one(reader: Reader, told: Any) -> None:
    (news,) = told(lambda: reader.dummy(email="new@example.org", email_verified=True))

    assert news["network"] == ""
