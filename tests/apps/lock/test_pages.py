"""A whole page behind a lock."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.cache import SessionStore
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from smo_kit.core.cards import Card
from smo_kit.core.subjects import Key
from smo_kit.lock import pages
from smo_kit.lock.models import Lock, Spot
from smo_kit.lock.pages import WHOLE, WholePage, locked
from smo_kit.lock.refs import Ref
from smo_kit.lock.sources import Elsewhere, Gone, hidden_part
from smo_kit.lock.terms import forget
from tests.apps.lock import page_urls
from tests.apps.lock.page_urls import SECRET
from tests.blog.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.lock.page_urls")]


def asking(path: str = "/smo/lock/x/", **headers: str):
    request = RequestFactory().get(path, headers=headers)
    request.user = AnonymousUser()
    request.session = SessionStore()
    return request


def ref() -> Ref:
    spot = Spot.objects.select_related("lock").get()
    key = Key(spot.lock.content_type_id, spot.lock.object_pk, spot.language)
    return Ref(key, spot.lock.name, spot.source, spot.where, spot.path)


def behind(path: str) -> WholePage:
    """Show the closed page, and return what is behind it."""
    return hidden_part(asking(), ref())


@pytest.mark.parametrize("path", ["/secret/", "/class/", "/streamed/", "/leading/"])
def test_everybody_is_answered_with_the_closed_page(client, path):
    answers = [client.get(path, headers={"user-agent": agent}) for agent in ("one", "two")]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert SECRET.encode() not in answers[0].content
    assert b"smo-lock" in answers[0].content
    assert not answers[0].cookies


def test_the_view_is_not_even_run(client):
    page_urls.ran.clear()
    client.get("/secret/")
    assert page_urls.ran == []


def test_the_closed_page_is_kept_as_the_view_says(client):
    assert client.get("/secret/")["Cache-Control"] == "max-age=77"


def test_the_terms_are_those_of_the_decorator(client):
    client.get("/secret/")
    assert Spot.objects.get().options == {"ways": ["wait"], "wait_seconds": 7}


def test_the_closed_page_describes_what_it_is_about(client):
    Post.objects.create(slug="oak", title="An oak", lead="Three trees stand there.")
    page = BeautifulSoup(client.get("/posts/oak/").content, "html.parser")
    assert page.find("meta", property="og:title")["content"] == "An oak"
    assert page.find("meta", property="og:description")["content"] == "Three trees stand there."
    assert page.h1.text == "An oak"
    assert page.select_one(".smo-lock h2").text == "This page opens for a small thank-you"
    assert len(page.find_all("title")) == 1
    assert Lock.objects.get().name == "book"


def test_what_the_subject_does_not_find_is_not_there(client):
    assert client.get("/posts/none/").status_code == 404


def test_the_page_of_a_card_says_what_the_card_says(rf, client):
    view = locked(subject=lambda request: Card(url="/secret/", title="Of a card"))(page_urls.secret)
    request = asking("/secret/")
    assert b"Of a card" in view(request).content


def test_behind_the_lock_is_what_the_view_answers(client):
    client.get("/secret/")
    page = behind("/secret/")
    assert SECRET in page
    answer = page.answer()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_script_is_told_to_go_there_and_the_view_is_not_run_for_that(client, monkeypatch):
    client.get("/secret/")
    monkeypatch.setattr("smo_kit.lock.views.is_open", lambda request, ref, terms: True)
    page_urls.ran.clear()
    answer = client.get(f"/smo/lock/{ref().sign()}/", headers={"x-smo-part": "1"})
    assert (answer.status_code, answer[WHOLE], answer.content) == (200, "1", b"")
    assert "no-store" in answer["Cache-Control"]
    assert page_urls.ran == []


@pytest.mark.parametrize("path", ["/class/", "/wrapped/"])
def test_views_that_are_classes_are_locked_too(client, path):
    client.get(path)
    assert isinstance(behind(path), WholePage)


def test_a_stream_goes_through_unread(client):
    client.get("/streamed/")
    page = behind("/streamed/")
    assert page == ""
    assert SECRET.encode() in b"".join(page.answer().streaming_content)


def test_where_the_view_leads_elsewhere_so_does_the_lock(client):
    client.get("/leading/")
    with pytest.raises(Elsewhere) as led:
        behind("/leading/")
    assert led.value.response["Location"] == "/about/"


def test_of_a_page_that_is_gone_nothing_is_left(client):
    post = Post.objects.create(slug="oak", title="An oak")
    client.get("/posts/oak/")
    post.delete()
    with pytest.raises((Gone, Http404)):
        behind("/posts/oak/")


def test_a_view_that_says_404_is_gone(client, monkeypatch):
    client.get("/secret/")
    monkeypatch.setattr("smo_kit.lock.again._response", lambda *args: HttpResponse(status=404))
    with pytest.raises(Gone):
        behind("/secret/")


def test_a_lock_that_is_off_is_no_lock(client):
    client.get("/secret/")
    Lock.objects.update(is_on=False)
    forget(Lock.objects.get())
    assert SECRET.encode() in client.get("/secret/").content


def test_a_form_on_the_page_reaches_who_has_opened_it(client, monkeypatch):
    page_urls.ran.clear()
    assert SECRET.encode() not in client.post("/secret/").content
    monkeypatch.setattr(pages, "is_open", lambda request, ref, terms: True)
    assert SECRET.encode() in client.post("/secret/").content
    assert page_urls.ran == ["POST"]
    assert SECRET.encode() not in client.get("/secret/").content, "a page may be kept, whoever asks"


def test_a_lock_that_can_not_be_written_down_stays_closed(client, monkeypatch):
    monkeypatch.setattr(pages, "terms_of", lambda ref, options: None)
    page = client.get("/secret/")
    assert page.status_code == 503
    assert "no-store" in page["Cache-Control"]
    assert SECRET.encode() not in page.content


def test_a_page_that_nothing_can_hang_on_stays_closed_and_says_the_cure(client, caplog, settings):
    page = client.get("/anything/at/all")
    assert page.status_code == 503
    assert SECRET.encode() not in page.content
    assert "Give locked() a subject" in caplog.text
    settings.DEBUG = True
    with pytest.raises(ImproperlyConfigured):
        client.get("/anything/at/all")


def test_without_meta_the_closed_page_has_a_title(client, monkeypatch):
    monkeypatch.setattr(pages.apps, "is_installed", lambda name: False)
    Post.objects.create(slug="oak", title="An oak")
    page = BeautifulSoup(client.get("/posts/oak/").content, "html.parser")
    assert [one.text for one in page.find_all("title")] == ["An oak"]


def test_async_views_are_refused_when_they_are_decorated():
    async def view(request):
        return None

    with pytest.raises(TypeError, match="async_to_sync"):
        locked()(view)
