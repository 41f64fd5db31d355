"""A site where members sign in by django-allauth: they go on to, with the suite and without it again."""

from __future__ import annotations

import json

import pytest

from tests.sites.life import live
from tests.sites.site import DOCS, Site
from tests.walkthrough import steps

pytestmark = pytest.mark.package
PAGE, ENTRANCE = "/posts/1/", "/accounts/login/"
ROWS = """
import json
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory


def by_password(name):
    reader = Client(SERVER_NAME="localhost")
    answer = reader.post("/accounts/login/", {"login": name, "password": "stone-by-stone"})
    return answer.status_code, "_auth_user_id" in reader.session


def by_network():
    request = RequestFactory(SERVER_NAME="localhost").get("/accounts/github/login/callback/")
    request.user, request.session = AnonymousUser(), SessionStore()
    request._messages = CookieStorage(request)
    account = SocialAccount(provider="github", uid="1024", extra_data={"login": "bob"})
    with request_context(request):
        answer = complete_social_login(request, SocialLogin(user=User(), account=account))
    return answer.status_code, request.user.username


print("TOLD", json.dumps({
    "ada": by_password("ada"),
    "carl": by_password("carl"),
    "bob": by_network(),
    "users": list(User.objects.order_by("pk").values_list("username", "email", "password")),
    "addresses": list(EmailAddress.objects.order_by("pk").values_list("user_id", "email", "verified", "primary")),
    "accounts": list(SocialAccount.objects.order_by("pk").values_list("user_id", "provider", "uid")),
}))
"""


@pytest.fixture(scope="module")
def life(wheel, tmp_path_factory):
    site = Site.given("accounts", tmp_path_factory.mktemp("accounts"), wheel, start="A site to try it on")
    guide = steps(DOCS / "sites.md", "django-allauth with members")
    return live(site, guide, paths=[PAGE, ENTRANCE], rows=ROWS)


@pytest.fixture(scope="module")
def told(life):
    return [json.loads(seen.rows) for seen in (life.before, life.with_us, life.after)]


@pytest.mark.parametrize("what", ["users", "addresses", "accounts"])
def test_every_row_is_as_it_was(told, what):
    before, with_us, after = (one[what] for one in told)
    assert before
    assert before == with_us == after


def test_a_password_is_a_way_in_all_the_time(told):
    assert [one["ada"] for one in told] == [[302, True]] * 3


def test_a_network_is_a_way_in_all_the_time(told):
    assert [one["bob"] for one in told] == [[302, "bob"]] * 3


def test_an_address_that_nobody_has_proved_is_proved_first(told):
    assert [one["carl"] for one in told] == [[302, True], [302, False], [302, True]]


def test_the_page_has_the_way_in(life):
    link = life.with_us.pages[PAGE].find("a", href=lambda href: href.startswith("/smo/login/"))
    assert "Sign in" in link.get_text()


def test_both_ways_stand_in_one_frame(life):
    page = life.with_us.pages[ENTRANCE]
    assert "Continue with GitHub" in page.get_text()
    assert page.find("input", type="password")


def test_nothing_of_the_suite_is_left(life):
    life.must_leave_nothing()
