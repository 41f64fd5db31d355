"""A site that lets in members only, by Django's LoginRequiredMiddleware: our views themselves know who may see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver

from smo_kit import urls

THEIRS = {"comments/cr/"}
"""Django's own view, which is for the site to open."""
MEMBERS = {"login/account/", "login/account/connect/", "login/account/leave/", "notify/inbox/", "notify/mine/"}
"""They lead a stranger to the sign-in page; the others have an answer for him."""
MIDDLEWARE = "django.contrib.auth.middleware.AuthenticationMiddleware"


def walk(patterns, start="") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        route = start + str(one.pattern).removeprefix("^")
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns, route)
        else:
            yield re.split(r"[(]", route)[0], one


VIEWS = dict(walk(urls.urlpatterns))


@pytest.fixture
def closed(settings):
    """The site, for members only."""
    settings.LOGIN_URL = "smo_login:page"
    place = settings.MIDDLEWARE.index(MIDDLEWARE) + 1
    required = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], required, *settings.MIDDLEWARE[place:]]


def test_none_of_ours_is_left_to_the_middleware():
    assert len(VIEWS) > 30
    assert {route for route, one in VIEWS.items() if getattr(one.callback, "login_required", True)} == THEIRS


@pytest.mark.django_db
def test_a_stranger_gets_an_answer_or_the_sign_in_page(client, closed):
    assert client.get("/about/").status_code == 302
    answers = {route: client.get(f"/smo/{route}") for route in VIEWS if "<" not in route and route not in THEIRS}
    led = {route for route, one in answers.items() if one.get("Location", "").startswith("/smo/login/?next")}
    assert led - {"login/password/"} == MEMBERS
    assert {answers[f"login/{name}"].status_code for name in ("", "me/", "start/")} == {200}


@pytest.mark.django_db
def test_a_member_of_a_closed_site_signs_in(client, closed, django_user_model):
    django_user_model.objects.create_user("ada", "ada@example.org", "pw")
    answer = client.post("/smo/login/password/", {"login": "ada", "password": "nonsense"})
    assert answer.status_code == 200
    assert b"smo-error" in answer.content
