"""Who may see and change what is said of a page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from cms.models import PagePermission
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django.core.files.base import ContentFile
from django.urls import reverse

from smo_kit.contrib.cms.models import PageCard
from smo_kit.meta.preview.addresses import preview_address
from tests.apps.cms.site import all_contents, new_draft
from tests.apps.meta.conftest import picture

CHANGE = ("cms.change_page", "cms.change_pagecontent", "cms.add_pagecontent")
SAID = {"title": "Said", "description": "", "image_alt": "", "template": "", "shareable": "on"}


def card_url(content) -> str:
    return reverse("admin:smo_cms_pagecard_change", args=[content.pagecard.pk])


def add_url(content) -> str:
    return f"{reverse('admin:smo_cms_pagecard_add')}?extended_object={content.pk}"


@pytest.fixture
def draft(make_page):
    return all_contents(make_page("News", card={"title": "Secret"}, draft=True))[0]


@pytest.mark.parametrize(("names", "status"), [(CHANGE, 200), ((), 403), (("cms.view_page",), 403)])
def test_who_may_change_a_page_may_change_its_share_settings(client, make_staff, draft, names, status):
    client.force_login(make_staff(*names))
    assert client.get(card_url(draft)).status_code == status
    answer = client.post(card_url(draft), SAID)
    assert (answer.status_code == 302) is (status == 200)
    assert PageCard.objects.get().title == ("Said" if status == 200 else "Secret")


@pytest.mark.parametrize("file", [lambda: picture(100, 100), lambda: ContentFile(b"<svg/>", name="a.png")])
def test_a_picture_of_which_networks_would_show_none_is_refused_at_once(client, boss, draft, file):
    client.force_login(boss)
    answer = client.post(card_url(draft), {**SAID, "image": file()})
    assert "at least 200 × 200 pixels" in answer.content.decode()
    assert PageCard.objects.get().title == "Secret"


def test_nobody_else_may_add_them(client, make_staff, make_page):
    content = all_contents(make_page("News", draft=True))[0]
    client.force_login(make_staff())
    assert client.get(add_url(content)).status_code == 403
    assert client.post(add_url(content), SAID).status_code == 403
    assert not PageCard.objects.exists()


def test_those_who_may_add_them(client, make_staff, make_page):
    content = all_contents(make_page("News", draft=True))[0]
    client.force_login(make_staff(*CHANGE))
    assert client.get(add_url(content)).status_code == 200
    assert client.post(add_url(content), SAID).status_code == 302
    assert PageCard.objects.get().extended_object_id == content.pk


@pytest.mark.parametrize("pk", ["", "x", "99999"])
def test_share_settings_of_no_page_are_refused(client, boss, pk):
    client.force_login(boss)
    assert client.get(f"{reverse('admin:smo_cms_pagecard_add')}?extended_object={pk}").status_code == 403


def test_a_published_version_is_closed(client, boss, make_page):
    (content,) = all_contents(make_page("News", card={"title": "Old"}))
    client.force_login(boss)
    assert client.post(card_url(content), SAID).status_code == 403
    assert PageCard.objects.get().title == "Old"


def test_the_settings_of_a_closed_version_are_read(client, boss, make_page):
    (content,) = all_contents(make_page("News", card={"title": "Old"}))
    client.force_login(boss)
    form = BeautifulSoup(client.get(card_url(content), {"_popup": 1}).content, "html.parser").find(id="content-main")
    assert "Old" in form.text
    assert "make a new draft" in form.text
    assert not form.select("input[type=submit], .deletelink, [name=title]")
    assert card_url(content) in (menu := preview_of(client, content))
    assert "Share settings (read only)" in menu


def test_where_a_closed_version_has_none_the_menu_says_how_to_get_some(client, boss, make_page):
    (content,) = all_contents(make_page("News"))
    client.force_login(boss)
    assert "Share settings: make a new draft first" in preview_of(client, content)
    assert client.get(add_url(content)).status_code == 403


@pytest.mark.parametrize("url_of", [add_url, card_url], ids=["add", "change"])
def test_saved_settings_close_the_window_of_the_toolbar(client, boss, make_page, url_of):
    (content,) = all_contents(make_page("News", card={"title": "Old"} if url_of is card_url else None, draft=True))
    client.force_login(boss)
    assert_closes(client.post(url_of(content), SAID | {"_popup": 1}))
    assert PageCard.objects.get().title == "Said"


def test_deleted_settings_close_it_too(client, boss, draft):
    client.force_login(boss)
    form = BeautifulSoup(client.get(card_url(draft), {"_popup": 1}).content, "html.parser")
    url = form.select_one(".deletelink")["href"]
    asked = BeautifulSoup(client.get(url).content, "html.parser").select_one("#content form")
    assert_closes(client.post(url, {one["name"]: one["value"] for one in asked.select("[name]")}))
    assert not PageCard.objects.exists()


def assert_closes(answer) -> None:
    """The page does nothing of its own: django CMS knows it by its class."""
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.body["class"] == ["cms-close-frame"]
    assert page.select_one(".messagelist .success")
    assert not page.find("script")


def preview_of(client, content) -> str:
    return client.get(get_object_preview_url(content, language="en")).content.decode()


def test_nobody_lists_share_settings_or_finds_them_in_the_admin(client, boss, draft):
    client.force_login(boss)
    assert client.get(reverse("admin:smo_cms_pagecard_changelist")).status_code == 403
    assert b"pagecard" not in client.get(reverse("admin:index")).content


def test_a_drafts_card_is_shown_to_who_may_change_it_and_to_nobody_else(client, make_staff, draft):
    url = get_object_preview_url(draft, language="en")
    assert client.get(url).status_code == 302
    client.force_login(make_staff("cms.view_page"))
    assert b"Secret" not in client.get(url).content
    client.force_login(make_staff(*CHANGE))
    head = BeautifulSoup(client.get(url).content, "html.parser").head
    assert head.find("meta", property="og:title")["content"] == "Secret"


def test_the_menu_leads_to_the_settings_and_to_the_preview(client, boss, make_page):
    (content,) = all_contents(make_page("News", card={"title": "Old"}))
    draft = new_draft(content, boss)
    client.force_login(boss)
    page = client.get(get_object_edit_url(draft, language="en")).content.decode()
    assert card_url(draft) in page
    assert "Preview in networks" in page


def test_who_may_not_change_the_page_has_no_menu(client, make_staff, make_page):
    (content,) = all_contents(make_page("News"))
    client.force_login(make_staff("cms.view_page"))
    assert "Share settings" not in client.get(get_object_preview_url(content, language="en")).content.decode()


def test_with_permissions_for_each_page_share_settings_and_previews_follow_them(
    client, make_staff, make_page, settings
):
    settings.CMS_PERMISSION = True
    own, other = (
        all_contents(make_page(title, card={"title": f"{title} says"}, draft=True))[0] for title in ("Own", "Other")
    )
    user = make_staff(*CHANGE)
    PagePermission.objects.create(page=own.page, user=user)
    client.force_login(user)
    for content, status in ((own, 200), (other, 403)):
        assert client.get(card_url(content)).status_code == status
        assert client.get(preview_address(content, "en")).status_code == status
        assert client.post(card_url(content), SAID | {"_popup": 1}).status_code == status
        assert client.post(reverse("admin:smo_cms_pagecard_delete", args=[content.pagecard.pk])).status_code == status
        assert (b"Other says" in client.get(get_object_preview_url(content, language="en")).content) is False
    assert list(PageCard.objects.order_by("pk").values_list("title", flat=True)) == ["Said", "Other says"]


def test_without_the_permission_of_a_page_no_share_settings_can_be_added(client, make_staff, make_page, settings):
    settings.CMS_PERMISSION = True
    (content,) = all_contents(make_page("News", draft=True))
    client.force_login(make_staff(*CHANGE))
    assert client.get(add_url(content)).status_code == 403
    assert client.post(add_url(content), SAID).status_code == 403
    assert not PageCard.objects.exists()
