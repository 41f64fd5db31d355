"""Who was sent from a lock to the form of another app goes on at the lock."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from smo_kit.comments.models import Entry
from smo_kit.comments.states import State
from smo_kit.lock.rendering import mark_of
from smo_kit.mail.models import Mail
from tests.apps.lock.opening.conftest import HERE, is_open_to, press

pytestmark = pytest.mark.django_db
GO_ON = "Go on where you left off"
ELSEWHERE = ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", ""]


@pytest.fixture
def own(ref):
    """The lock's own page."""
    return f"/smo/lock/{ref.sign()}/"


def sent_to(client, address, set_terms, way):
    """Press a button of the lock without script; return the address of the form."""
    set_terms(ways=[way])
    return client.post(address, {"way": way}, headers=HERE)["Location"]


def fields_of(client, where):
    """Return where the first form of a page is sent to, and what it holds."""
    html = BeautifulSoup(client.get(where).content, "html.parser")
    form = html.select_one("form[action*='/smo/']:not([action*='login'])")
    return form["action"], {one["name"]: one.get("value", "") for one in form.select("input[name]")}


def links(response):
    html = BeautifulSoup(response.content, "html.parser")
    return {one.get_text(strip=True): one["href"] for one in html.select("main a[href], body a[href]")}


@pytest.mark.parametrize("way", ["rate", "comment", "subscribe"])
def test_the_way_back_goes_along(client, address, set_terms, own, ref, way):
    where = sent_to(client, address, set_terms, way)
    assert parse_qs(urlsplit(where).query)["then"] == [own]
    told = press(client, address, way)["where"]
    assert parse_qs(urlsplit(told).query)["then"] == [f"/posts/bridges/#{mark_of(ref)}"], "with script: on the page"


def test_a_rating_leads_back_and_the_lock_says_that_it_opens(client, address, set_terms, own, ref):
    where = sent_to(client, address, set_terms, "rate")
    action, fields = fields_of(client, where)
    answer = client.post(action, {**fields, "rate": "4"}, headers=HERE)
    assert (answer.status_code, answer["Location"]) == (303, own)
    assert "Open it" in client.get(own).text
    assert client.post(address, {"again": "1"}, headers=HERE)["Location"] == own
    assert is_open_to(client, ref)


def test_a_rating_that_is_taken_back_stays_there_and_the_link_leads_on(client, address, set_terms, own):
    where = sent_to(client, address, set_terms, "rate")
    client.post(where, {"rate": "4"}, headers=HERE)
    answer = client.post(where, {"rate": ""}, headers=HERE, follow=True)
    assert answer.redirect_chain[-1][0] == where
    assert links(answer)[GO_ON] == own


def test_a_rating_from_an_old_browser_keeps_the_way_back(client, address, set_terms, own):
    where = sent_to(client, address, set_terms, "rate")
    asked = Client(enforce_csrf_checks=True).post(where, {"rate": "4"})["Location"]
    assert parse_qs(urlsplit(asked).query) == {"then": [own], "rate": ["4"]}


@pytest.mark.parametrize("then", ELSEWHERE)
def test_nothing_leads_to_another_site(client, address, set_terms, then):
    where = sent_to(client, address, set_terms, "rate").partition("?")[0]
    answer = client.post(f"{where}?then={then}", {"rate": "4"}, headers=HERE)
    assert answer["Location"] == where
    assert links(client.get(f"{where}?then={then}"))["Back to the page"] == "/posts/bridges/"


def written(client, where, **more):
    action, fields = fields_of(client, where)
    words = {"comment": "Stone by stone.", "name": "Bob", "email": "bob@example.org", **more}
    return client.post(action, {**fields, **words}, headers=HERE)


def test_a_comment_leads_back_when_it_can_be_read(client, address, set_terms, own, member, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"hold": "suspicious"}, "SPAM": {"fast_seconds": 0}}
    client.force_login(member)
    where = sent_to(client, address, set_terms, "comment")
    answer = written(client, where)
    assert Entry.objects.get().state == State.PUBLISHED
    assert (answer.status_code, answer["Location"]) == (303, own)
    assert "Open it" in client.get(own).text


def test_who_has_done_what_it_takes_is_asked_for_nothing_more(client, address, ref, set_terms, own, later):
    set_terms(ways=["wait", "rate"])
    press(client, address, "wait")
    html = BeautifulSoup(client.get(own).content, "html.parser")
    assert html.select_one("[name=way][value=rate]")
    later(30)
    html = BeautifulSoup(client.get(own).content, "html.parser")
    assert html.find("h1").get_text() == "It is open."
    assert [one.get_text(strip=True) for one in html.select(".smo-lock button, .smo-lock a")] == ["Open it"]
    assert html.select_one("form.smo-lock-offers")["action"] == address, "the script asks there"
    assert html.select_one("a.smo-lock-back")["href"].startswith("/posts/bridges/")
    again = html.select_one(".smo-lock-again")
    client.post(again["action"], {"again": "1"}, headers=HERE)
    assert is_open_to(client, ref)


def test_a_comment_that_waits_says_so_and_the_link_leads_back(client, address, set_terms, own, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"hold": "all"}}
    where = sent_to(client, address, set_terms, "comment")
    preview = written(client, where, preview="1")
    assert urlencode({"then": own}) in preview.text, "a form that is shown again keeps the way back"
    answer = written(client, where)
    assert Entry.objects.get().state != State.PUBLISHED
    assert links(client.get(answer["Location"]))[GO_ON] == own


def test_a_guest_who_follows_is_told_of_the_mail_and_goes_on_at_the_lock(client, address, set_terms, own, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "SPAM": {"fast_seconds": 0}}
    where = sent_to(client, address, set_terms, "subscribe")
    action, fields = fields_of(client, where)
    answer = client.post(action, {**fields, "email": "bob@example.org", "act": "follow"}, headers=HERE)
    assert Mail.objects.count() == 1
    assert links(answer)[GO_ON] == own
    assert "opened the link in our mail" in client.get(own).text


def test_a_member_who_follows_goes_on_at_the_lock(client, address, set_terms, own, member):
    client.force_login(member)
    where = sent_to(client, address, set_terms, "subscribe")
    assert GO_ON not in links(client.get(where))
    action, fields = fields_of(client, where)
    answer = client.post(action, {**fields, "act": "follow"}, headers=HERE)
    assert links(answer)[GO_ON] == own
    assert "Open it" in client.get(own).text


def test_who_has_proved_his_address_finds_the_page_again(client, address, set_terms, page, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "SPAM": {"fast_seconds": 0}}
    where = sent_to(client, address, set_terms, "subscribe")
    action, fields = fields_of(client, where)
    client.post(action, {**fields, "email": "bob@example.org", "act": "follow"}, headers=HERE)
    link = re.search(r"/smo/notify/confirm/[^\s]+", Mail.objects.get().text).group()
    assert links(client.post(link))["Bridges of stone"] == "/posts/bridges/"
    assert press(client, address, "subscribe", again="1")["state"] == "open"
