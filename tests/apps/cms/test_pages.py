"""What the world sees of a CMS page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from cms.models import PageContent

from smo_kit.core.cards import card_for
from smo_kit.core.models import CardRow
from tests.apps.cms.site import all_contents, new_draft, publish


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def meta(page: BeautifulSoup, name: str) -> str:
    found = page.find("meta", property=name) or page.find("meta", attrs={"name": name})
    return found["content"] if found else ""


def test_a_page_is_shared_under_its_own_title(client, make_page):
    make_page("News", "en", "ru")
    page = soup(client.get("/en/news/"))
    assert meta(page, "og:title") == "News"
    assert page.find("link", rel="canonical")["href"] == "http://testserver/en/news/"
    assert {one["hreflang"]: one["href"] for one in page.find_all("link", hreflang=True)} == {
        "en": "http://testserver/en/news/",
        "ru": "http://testserver/ru/news-ru/",
        "x-default": "http://testserver/en/news/",
    }


def test_what_an_editor_says_for_networks_comes_first(client, make_page):
    make_page("News", card={"title": "Said", "description": "For networks"})
    page = soup(client.get("/en/news/"))
    assert (meta(page, "og:title"), meta(page, "og:description")) == ("Said", "For networks")


def test_a_page_without_description_is_described_by_its_first_words(client, make_page):
    make_page("News", text="<p>Begin <b>here</b>.</p>")
    assert meta(soup(client.get("/en/news/")), "og:description") == "Begin here."


def test_a_page_kept_from_networks_has_no_buttons_and_says_only_title_and_address(client, make_page):
    make_page("News", card={"shareable": False}, share={})
    page = soup(client.get("/en/news/"))
    assert "News" in page.title.text
    assert page.find("link", rel="canonical")["href"].endswith("/en/news/")
    assert not page.select("meta[property], meta[name^=twitter], script[type='application/ld+json'], .smo-pass")


def test_a_new_draft_changes_nothing_in_public_until_it_is_published(client, make_page, boss, committed):
    page = make_page("News", card={"title": "Old"})
    draft = new_draft(all_contents(page)[0], boss)
    with committed():
        draft.pagecard.title = "New"
        draft.pagecard.save()
    assert meta(soup(client.get("/en/news/")), "og:title") == "Old"
    assert CardRow.objects.get(object_pk=str(page.pk)).title == "Old"
    with committed():
        publish(draft, boss)
    assert meta(soup(client.get("/en/news/")), "og:title") == "New"
    assert CardRow.objects.get(object_pk=str(page.pk)).title == "New"


def test_a_withdrawn_page_has_no_card_any_more(make_page, boss, committed):
    page = make_page("News")
    content = all_contents(page)[0]
    assert CardRow.objects.filter(object_pk=str(page.pk)).exists()
    with committed():
        content.versions.first().unpublish(boss)
    assert not CardRow.objects.filter(object_pk=str(page.pk)).exists()
    assert card_for(PageContent.admin_manager.get(pk=content.pk), language="en") is None


@pytest.mark.parametrize("closed", [{"login_required": True}])
def test_a_page_for_members_has_no_card(make_page, closed):
    page = make_page("News")
    type(page).objects.filter(pk=page.pk).update(**closed)
    (content,) = all_contents(page)
    assert card_for(content, language="en") is None
