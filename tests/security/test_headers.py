"""What stands beside a page: who may keep it, and to whom its address is told. One table over every view of readers."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from smo_kit.core.answers import unstored
from tests.security.site import views
from tests.security.test_looks import BROWSER

ROUTES = sorted(one.route for one in views() if one.route.startswith("smo/"))
OPEN = {
    "smo/card/<smo_digest:name>.jpg": "a picture that its page shows everybody",
    "smo/notify/worker.js": "a script",
    "smo/numbers/": "figures that pages show everybody",
    "smo/preview.css": "a style sheet",
}
"""What everybody may keep, and why: the same for all, without a cookie."""
BY_ITSELF = {200, 203, 204, 206, 300, 301, 308, 410, 414, 501}
"""What a cache keeps without being told so (RFC 9110, 15.1), but for 404 and 405, which are nobody's."""
KEPT_TO_ONESELF = {"same-origin", "no-referrer", "strict-origin"}
"""Policies by which another site learns no path (W3C, Referrer Policy, 3)."""


@pytest.fixture
def answers(world, settings):
    """Return what each view says, where the site's own settings add nothing."""
    settings.SECURE_REFERRER_POLICY = None
    settings.SECURE_CONTENT_TYPE_NOSNIFF = False

    def answers(role):
        client = world.client(role, raise_request_exception=False, headers=BROWSER)
        return {one.route: client.get(world.path(one)) for one in views() if one.route in ROUTES}

    return answers


@pytest.mark.parametrize("role", ["anonymous", "member"])
def test_nobody_keeps_what_is_somebodys(answers, role):
    kept = {}
    for route, answer in answers(role).items():
        said = answer.headers.get("Cache-Control", "")
        if route not in OPEN and answer.status_code in BY_ITSELF and "no-store" not in said and "private" not in said:
            kept[route] = f"{answer.status_code} {said}"
    assert kept == {}


def test_an_address_with_a_token_is_told_to_no_other_site(answers):
    told, pages = {}, []
    for route, answer in answers("member").items():
        said = answer.headers.get("Referrer-Policy", "")
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if "token" in route and is_page and answer.status_code < 400:
            pages.append(route)
            if said not in KEPT_TO_ONESELF:
                told[route] = f"{answer.status_code} {said}"
    assert len(pages) > 3
    assert told == {}


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (None, "same-origin"),
        ("unsafe-url", "same-origin"),
        ("no-referrer-when-downgrade", "same-origin"),
        (["origin", "unsafe-url"], "same-origin"),
        ("no-referrer", "no-referrer"),
        ("strict-origin-when-cross-origin", "strict-origin-when-cross-origin"),
    ],
)
def test_a_policy_of_the_site_that_does_as_much_stays(settings, policy, said):
    settings.SECURE_REFERRER_POLICY = policy
    assert unstored(HttpResponse()).headers["Referrer-Policy"] == said


def test_what_everybody_may_keep_is_the_same_for_all_and_gives_no_cookie(answers):
    nobody, member = answers("anonymous"), answers("member")
    for route in OPEN:
        assert "public" in nobody[route].headers["Cache-Control"]
        assert nobody[route].content == member[route].content
        assert not nobody[route].cookies
        assert not member[route].cookies
        assert "Cookie" not in member[route].headers.get("Vary", "")
