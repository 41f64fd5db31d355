"""The talk of the editors: a page that stands behind a lock as a whole."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from demo_site.articles.talks import talk
from smo_kit.core.models import Place
from smo_kit.lock.models import Lock, Spot

pytestmark = pytest.mark.django_db

PATHS = {"en": "/en/long-table/", "ru": "/ru/long-table/"}
INSIDE = {"en": "the pump has stopped humming", "ru": "насос больше не гудит"}


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("code", PATHS)
def test_everybody_gets_the_closed_page_and_a_cache_may_keep_it(client, admin_client, code):
    answers = [one.get(PATHS[code]) for one in (client, admin_client)]
    assert answers[0].content == answers[1].content
    assert "public" in answers[0]["Cache-Control"]
    assert INSIDE[code] in talk(code).body
    assert INSIDE[code] not in answers[0].content.decode()
    page = soup(answers[0])
    assert page.h1.text == page.find("meta", property="og:title")["content"] == talk(code).title
    assert page.select_one(".smo-lock-teaser").text.strip() == talk(code).lead


def test_it_is_one_lock_in_both_languages_and_hangs_on_the_page(client):
    for path in PATHS.values():
        client.get(path)
    assert Lock.objects.get().object_pk == str(Place.objects.get(path="/long-table/").pk)
    assert sorted(Spot.objects.values_list("language", flat=True)) == ["en", "ru"]


@pytest.mark.parametrize("code", PATHS)
def test_the_switch_of_languages_leads_to_the_other_one(client, code):
    assert [one["href"] for one in soup(client.get(PATHS[code])).select(".tongues a")] == list(PATHS.values())


@pytest.mark.parametrize("code", PATHS)
def test_who_has_signed_in_reads_all_of_it(client, make_article, django_user_model, code):
    make_article("checklist-before-publishing", "en", "ru")
    address = soup(client.get(PATHS[code])).select_one(".smo-lock-how a")["href"]
    assert client.get(address).status_code == 403
    client.force_login(django_user_model.objects.create_user("nina"))
    opened = client.get(address)
    assert "no-store" in opened["Cache-Control"]
    assert INSIDE[code] in opened.content.decode()
    assert soup(opened).html["lang"] == code
    assert soup(opened).select_one(f'.prose a[href="/{code}/articles/checklist-before-publishing-{code}/"]')


@pytest.mark.usefixtures("pages")
def test_a_reader_finds_it(client, make_article):
    make_article("one", "en", "ru", author="anna").author.__class__.objects.update(tip_en="A tip.")
    for path in ("/en/about/", "/en/authors/anna/"):
        assert soup(client.get(path)).select_one(f'main a[href="{PATHS["en"]}"]'), path
    assert soup(client.get("/ru/articles/")).select_one(f'footer a[href="{PATHS["ru"]}"]')
    assert all(path in client.get("/sitemap-fixed.xml").content.decode() for path in PATHS.values())
