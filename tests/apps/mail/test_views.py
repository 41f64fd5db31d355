"""Links of mails: a GET changes nothing, a POST acts."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.test import Client, RequestFactory

from smo_kit.core.tokens import sign
from smo_kit.mail.links import UNSUBSCRIBE, unsubscribe_url
from smo_kit.mail.models import Suppression
from smo_kit.mail.services import is_suppressed
from smo_kit.mail.signals import unsubscribed
from smo_kit.mail.views import ActionPage, Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> str:
    return unsubscribe_url("ann@example.org", "news", base="http://testserver")


@pytest.fixture
def stranger() -> Client:
    """A mail program: no cookie, no CSRF token."""
    return Client(enforce_csrf_checks=True)


def test_looking_at_the_link_changes_nothing_and_says_what_would_end(link: str, stranger: Client) -> None:
    for method in (stranger.get, stranger.head, stranger.options):
        assert method(link).status_code == 200
    page = stranger.get(link)

    assert not Suppression.objects.exists()
    assert "Test site about: News" in page.content.decode()
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


def test_a_mail_programs_button_ends_it_without_a_redirect_and_once_more_does_no_harm(
    link: str, stranger: Client
) -> None:
    for _ in range(2):
        answer = stranger.post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200

    assert is_suppressed("ann@example.org", "news")
    assert not is_suppressed("ann@example.org", "confirm")
    assert Suppression.objects.get().reason == "unsubscribed"


def test_one_click_works_as_form_urlencoded_too(link: str, stranger: Client) -> None:
    body = "List-Unsubscribe=One-Click"

    assert stranger.post(link, body, content_type="application/x-www-form-urlencoded").status_code == 200
    assert is_suppressed("ann@example.org", "news")


@pytest.mark.parametrize(("asked", "spoken"), [("ru", "ru"), ("xx", "en"), ("", "en")])
def test_the_page_speaks_the_language_of_the_mail(stranger: Client, asked: str, spoken: str) -> None:
    link = unsubscribe_url("ann@example.org", "news", language=asked, base="http://testserver")

    assert stranger.get(link)["Content-Language"] == spoken
    assert stranger.post(link)["Content-Language"] == spoken


def test_a_slip_can_be_undone(link: str, stranger: Client) -> None:
    page = stranger.post(link)
    assert 'name="again" value="1"' in page.content.decode()

    stranger.post(link, {"again": "1"})
    assert not is_suppressed("ann@example.org", "news")


def test_apps_hear_who_unsubscribed_and_who_came_back(link: str, stranger: Client) -> None:
    heard: list[Any] = []

    def listener(mark: str, kind: str, undone: bool, **more: Any) -> None:
        heard.append((kind, undone))

    unsubscribed.connect(listener)
    try:
        stranger.post(link)
        stranger.post(link, {"again": "1"})
    finally:
        unsubscribed.disconnect(listener)

    assert heard == [("news", False), ("news", True)]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_is_not_whole_is_answered_with_a_sentence(link: str, stranger: Client, method: str) -> None:
    answer = getattr(stranger, method)(link[:-2] + "/")

    assert answer.status_code == 400
    assert "not whole" in answer.content.decode()
    assert not Suppression.objects.exists()


def test_a_link_whose_kind_is_gone_still_ends_its_mails(stranger: Client) -> None:
    token = sign(UNSUBSCRIBE, "0" * 32, "gone")

    assert stranger.post(f"/smo/mail/unsubscribe/{token}/").status_code == 200
    assert Suppression.objects.get().kind == "gone"


def test_a_kind_that_can_not_be_ended_has_no_link() -> None:
    assert unsubscribe_url("ann@example.org", "duty") == ""


class Shout(ActionPage):
    purpose = "test.shout"
    max_age = 60

    def ask(self, request: Any, *parts: str) -> Page:
        return Page(title="Shout?", text=parts[0], button="Yes", link=("/x/", "Back"))

    def act(self, request: Any, *parts: str) -> Page:
        return Page(title="Shouted", text=parts[0].upper(), status=202)


def test_an_app_makes_its_own_page_for_its_own_links(rf: RequestFactory) -> None:
    view, token = Shout.as_view(), sign("test.shout", "hello")

    asked, acted = view(rf.get("/"), token=token), view(rf.post("/"), token=token)

    assert "hello" in asked.content.decode()
    assert '<a href="/x/">Back</a>' in asked.content.decode()
    assert (acted.status_code, "HELLO" in acted.content.decode()) == (202, True)
    assert "<form" not in acted.content.decode()


def test_a_link_that_has_run_out_says_so(rf: RequestFactory) -> None:
    with mock.patch("time.time", return_value=1_000_000):
        token = sign("test.shout", "hello")

    answer = Shout.as_view()(rf.post("/"), token=token)

    assert answer.status_code == 410
    assert "run out" in answer.content.decode()
