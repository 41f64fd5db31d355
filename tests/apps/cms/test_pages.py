"""What the world sees of a CMS page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from cms.models import ACCESS_PAGE, PageContent, PagePermission
from django.urls import reverse

from smo_kit.contrib.cms.models import PageCard
from smo_kit.contrib.cms.pages import public_contents, shown_content
from smo_kit.contrib.cms.words import first_picture
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


def test_a_page_that_leads_elsewhere_or_only_some_may_see_has_no_card(make_page, settings, boss):
    elsewhere, closed = make_page("Elsewhere"), make_page("Closed")
    PageContent.objects.filter(page=elsewhere).update(redirect="/en/")
    assert [one.page for one in public_contents()] == [closed]
    settings.CMS_PERMISSION = True
    PagePermission.objects.create(page=closed, user=boss, can_view=True, grant_on=ACCESS_PAGE)
    assert not public_contents().exists()


@pytest.mark.parametrize("permission", [False, True])
def test_a_page_that_an_editor_moves_keeps_its_share_settings(client, make_page, boss, committed, settings, permission):
    settings.CMS_PERMISSION = permission
    section, page = make_page("Section", "en", "ru"), make_page("News", "en", "ru", card={"title": "Said"})
    cards = {one.pk: one.extended_object_id for one in PageCard.objects.all()}
    client.force_login(boss)
    with committed():
        moved = client.post(reverse("admin:cms_page_move_page", args=[page.pk]), {"target": section.pk, "position": 0})
    assert moved.status_code == 200
    client.logout()
    assert {one.pk: one.extended_object_id for one in PageCard.objects.all()} == cards
    for path, language in (("/en/section/news/", "en"), ("/ru/section-ru/news-ru/", "ru")):
        shown = soup(client.get(path))
        assert meta(shown, "og:title") == "Said"
        assert meta(shown, "og:url") == f"http://testserver{path}"
        assert CardRow.objects.get(url=path).title == "Said"
        assert CardRow.objects.filter(language=language).count() == 2


def test_share_settings_that_are_saved_are_seen_at_once(client, make_page, committed):
    (content,) = all_contents(make_page("News", card={"title": "Old"}, share={}))
    assert b"Old" in client.get("/en/news/").content
    with committed():
        content.pagecard.title = "New"
        content.pagecard.save()
    page = client.get("/en/news/").content
    assert b"Old" not in page
    assert b"New" in page


def test_the_first_picture_of_a_text_is_the_pages_picture(make_page):
    (content,) = all_contents(make_page("News", text='<p>A</p><p><img src="/media/one.jpg"></p>'))
    assert first_picture(content) == "/media/one.jpg"


def test_another_page_is_no_page_of_the_cms(rf):
    assert shown_content(rf.get("/en/news/")) is None
