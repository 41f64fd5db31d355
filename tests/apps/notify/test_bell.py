"""The way to one's own notifications, and the number beside it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.urls import NoReverseMatch
from django.utils.translation import override

from smo_kit.core import own_urls
from smo_kit.notify.fan_out import spread

UNREAD = "/smo/notify/unread/"


def bell(**context) -> str:
    return Template("{% load smo %}{% smo_bell %}").render(Context(context))


def weight(name: str) -> int:
    return len(gzip.compress(Path(finders.find(f"smo_kit/notify/{name}")).read_bytes(), 9, mtime=0))


def test_it_is_a_link_with_a_name():
    link = BeautifulSoup(bell(), "html.parser").a
    assert link["href"] == "/smo/notify/inbox/?l=en"
    assert link.get_text().strip() == "Notifications"
    assert link["data-smo-unread"] == UNREAD
    assert link.contents[-1].name == "b"  # where the script writes the number: a part of the link's name


def test_it_is_the_same_for_everybody(ada, rf):
    request = rf.get("/")
    request.user = ada
    assert bell(request=request, user=ada) == bell()


def test_it_speaks_the_language_of_the_page():
    with override("ru"):
        assert "/smo/notify/inbox/?l=ru" in bell()


def test_without_our_urls_the_page_has_no_bell(monkeypatch, caplog):
    def no_urls(name, args=()):
        raise NoReverseMatch(name)

    monkeypatch.setattr(own_urls, "reverse", no_urls)
    assert bell().strip() == ""
    assert "has no address" in caplog.text


def test_script_and_style_are_tiny():
    assert weight("bell.js") <= 390
    assert weight("bell.css") <= 120
    assert weight("inbox.js") <= 450
    assert weight("inbox.css") <= 550
    assert weight("push.js") <= 880


def test_what_is_known_is_forgotten_by_whatever_form_is_sent():
    """It may sign in, or out: the next page asks for the number of who reads it."""
    script = Path(finders.find("smo_kit/notify/bell.js")).read_text(encoding="utf-8")
    assert 'addEventListener("submit", () => delete sessionStorage.smoBell)' in script


def test_nothing_is_asked_again_and_again():
    script = Path(finders.find("smo_kit/notify/bell.js")).read_text(encoding="utf-8")
    assert "setInterval" not in script
    assert "setTimeout" not in script


@pytest.mark.django_db
class TestNumber:
    def test_nobody_has_none_and_gets_no_cookie(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = client.get(UNREAD)
        assert (response.status_code, response.content) == (204, b"")
        assert not response.cookies
        assert response["Cache-Control"] == "private, no-store"

    def test_a_member_has_his(self, client, ada, bob, say, django_assert_num_queries):
        question = say(ada)
        say(bob, "It is the second one.", reply_to=question)
        spread(100)
        client.force_login(ada)
        with django_assert_num_queries(3):
            response = client.get(UNREAD)
        assert response.json() == {"unread": 1}
        assert not response.cookies
        assert response["Cache-Control"] == "private, no-store"

    def test_it_takes_no_post(self, client):
        assert client.post(UNREAD).status_code == 405
