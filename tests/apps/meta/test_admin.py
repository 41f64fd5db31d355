"""SMO → Pages, and the panel for a ModelAdmin that wants it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry

from smo_kit.core.models import CardRow, Place
from smo_kit.meta.models import Override
from smo_kit.meta.overrides import save_words
from tests.apps import staff as people
from tests.apps.meta.conftest import content, picture
from tests.blog.models import Post, Story, Telling

pytestmark = pytest.mark.django_db
LIST = "/admin/smo_core/cardrow/"


@pytest.fixture
def pages(synced):
    """Two posts and a story in two languages."""
    Post.objects.create(slug="first", title="A first post", lead="What it is about.")
    Post.objects.create(slug="second", title="Another")
    story = Story.objects.create()
    Telling.objects.create(story=story, language="en", slug="one", title="One tale")
    Telling.objects.create(story=story, language="ru", slug="odin", title="Одна сказка")
    synced()


def change(title: str) -> str:
    return f"{LIST}{CardRow.objects.get(title=title).pk}/change/"


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def shown(client, query: str = "") -> set[str]:
    page = soup(client.get(LIST + query))
    return {link.text for link in page.select("#result_list .field-name a")}


def staff(client, *permissions: str) -> None:
    client.force_login(people.staff(*permissions))


def test_the_list_shows_every_page_with_its_picture(admin_client, pages):
    assert shown(admin_client) == {"A first post", "Another", "One tale", "Одна сказка"}
    images = soup(admin_client.get(LIST)).select("#result_list img.smo-thumb")
    assert [image["src"].startswith("/smo/card/") for image in images] == [True] * 4


def test_it_stands_under_smo(admin_client, pages):
    assert soup(admin_client.get("/admin/")).select_one(f'.app-smo_core a[href="{LIST}"]').text == "Pages"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=first", {"A first post"}),
        ("?q=about", {"A first post"}),
        ("?q=/stories/", {"One tale", "Одна сказка"}),
        ("?q=%27%22%3C", set()),
        ("?language=ru", {"Одна сказка"}),
        ("?words=editor", set()),
        ("?words=object&language=ru", {"Одна сказка"}),
        ("?model=x", {"A first post", "Another", "One tale", "Одна сказка"}),
    ],
)
def test_it_is_searched_and_filtered(admin_client, pages, query, expected):
    assert shown(admin_client, query) == expected


def test_it_is_filtered_by_model(admin_client, pages):
    row = CardRow.objects.get(title="Another")
    assert shown(admin_client, f"?model={row.source_type_id}") == {"A first post", "Another"}


def test_pages_that_an_editor_changed_are_found(admin_client, pages):
    row = CardRow.objects.get(title="Another")
    save_words(row.key, title="", description="Said better.", image="", image_alt="")
    assert shown(admin_client, "?words=editor") == {"Another"}


def test_nothing_is_added_or_deleted_there(admin_client, pages):
    assert admin_client.get(f"{LIST}add/").status_code == 403
    assert admin_client.post(change("Another").replace("change", "delete")).status_code == 403
    assert admin_client.get(f"{LIST}999999/change/").status_code == 404
    assert admin_client.get(f"{LIST}x/change/").status_code == 404


def test_a_page_shows_what_is_said_and_the_object_s_own_words(admin_client, pages):
    page = soup(admin_client.get(change("A first post")))
    assert page.select_one(".smo-card strong").text == "A first post"
    assert page.find(id="id_title")["placeholder"] == "A first post"
    assert page.find(id="id_description")["placeholder"] == "What it is about."
    assert not page.find("button", attrs={"name": "clear"})
    assert {label["for"] for label in page.select("form[enctype] label[for^=id_]")} >= {"id_title", "id_image"}


def test_a_page_leads_to_its_other_languages(admin_client, pages):
    page = soup(admin_client.get(change("One tale")))
    assert page.find("a", href=change("Одна сказка")).text == "ru: Одна сказка"


def test_what_is_saved_is_on_the_page_at_once(admin_client, pages, head, django_capture_on_commit_callbacks):
    url = change("A first post")
    head("/posts/first/")
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(url, {"title": "Better", "description": "", "image_alt": ""})
    assert answer.headers["Location"] == url
    assert content(head("/posts/first/"), "og:title") == "Better"
    page = soup(admin_client.get(url))
    assert page.select_one(".smo-card strong").text == "Better"
    assert page.find(id="id_title")["value"] == "Better"
    assert page.find(id="id_title")["placeholder"] == "A first post"
    assert LogEntry.objects.count() == 1


def test_back_to_the_object_s_own_words(admin_client, pages, head, django_capture_on_commit_callbacks):
    url = change("A first post")
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {"title": "Better"})
    assert soup(admin_client.get(url)).find("button", attrs={"name": "clear"})
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {"title": "Better", "clear": "1"})
    assert not Override.objects.exists()
    assert content(head("/posts/first/"), "og:title") == "A first post"


def test_emptying_every_field_is_the_same(admin_client, pages):
    url = change("A first post")
    admin_client.post(url, {"title": "Better"})
    admin_client.post(url, {"title": ""})
    assert not Override.objects.exists()


def test_a_picture_is_uploaded_and_taken_away(admin_client, pages, head, django_capture_on_commit_callbacks):
    url = change("A first post")
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {"image": picture(), "image_alt": "A lake"})
    assert "/media/smo/pictures/" in content(head("/posts/first/"), "og:image")
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {"image_alt": "A lake"})
    assert "/media/smo/pictures/" in content(head("/posts/first/"), "og:image")
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {"image-clear": "on"})
    assert "/smo/card/" in content(head("/posts/first/"), "og:image")


def test_an_editor_chooses_a_template_and_what_must_stay(admin_client, pages):
    url = change("A first post")
    page = soup(admin_client.get(url))
    assert [option["value"] for option in page.select("#id_template option")][:3] == ["", "cut", "plain"]
    assert len(page.select("#id_focus option")) == 10
    admin_client.post(url, {"template": "quote", "focus": "top"})
    saved = Override.objects.get()
    assert (saved.template, saved.focus) == ("quote", "top")


def test_a_template_that_is_gone_is_kept_until_the_editor_changes_it(admin_client, pages):
    url = change("A first post")
    admin_client.post(url, {"template": "quote"})
    Override.objects.update(template="ticket")
    admin_client.post(url, {"template": "ticket", "title": "Better"})
    assert Override.objects.get().template == "ticket"
    refused = admin_client.post(url, {"template": "no such"})
    assert refused.status_code == 200
    assert Override.objects.get().template == "ticket"


def test_what_is_too_long_is_refused_with_a_sentence(admin_client, pages):
    page = soup(admin_client.post(change("Another"), {"title": "x" * 301}))
    assert page.select_one(".errorlist")
    assert page.select_one(".errornote")


def test_hostile_words_do_no_harm_in_the_admin(admin_client, pages, django_capture_on_commit_callbacks):
    url = change("Another")
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(url, {"title": "</h1><script>alert(1)</script>"})
    for address in (url, LIST):
        assert b"<script>alert" not in admin_client.get(address).content


EDIT_POSTS, SEE_POSTS = "blog.change_post", "blog.view_post"
ALL, NONE = {"A first post", "Another", "One tale", "Одна сказка"}, None
POSTS = {"A first post", "Another"}


@pytest.mark.parametrize(
    ("permissions", "lists", "opens", "saves"),
    [
        ([], NONE, 403, 403),
        (["auth.change_user"], NONE, 403, 403),
        ([SEE_POSTS], POSTS, 200, 403),
        ([EDIT_POSTS], POSTS, 200, 302),
        (["blog.change_telling"], {"One tale", "Одна сказка"}, 404, 404),
        (["blog.change_story"], {"One tale", "Одна сказка"}, 404, 404),
        (["smo_core.view_cardrow"], ALL, 200, 403),
        (["smo_core.change_cardrow"], NONE, 403, 403),
        (["smo_meta.view_override"], ALL, 200, 403),
        (["smo_meta.change_override"], ALL, 200, 302),
    ],
)
def test_who_may_do_what(client, pages, permissions, lists, opens, saves):
    url = change("A first post")
    staff(client, *permissions)
    if lists is NONE:
        assert client.get(LIST).status_code == 403
    else:
        assert shown(client) == lists
    assert client.get(url).status_code == opens
    assert client.post(url, {"title": "Better"}).status_code == saves
    assert Override.objects.exists() == (saves == 302)


def test_a_stranger_is_asked_to_sign_in(client, pages):
    for url in (LIST, change("Another")):
        assert client.get(url).status_code == 302


def test_who_may_only_look_has_no_button(client, pages):
    staff(client, SEE_POSTS)
    page = soup(client.get(change("Another")))
    assert page.find("fieldset", disabled=True)
    assert not page.select(".submit-row")


def test_the_panel_shows_each_language_and_leads_to_its_words(admin_client, pages):
    page = soup(admin_client.get(f"/desk/blog/story/{Story.objects.get().pk}/change/"))
    sections = page.select(".smo-panel section")
    assert [section.select_one("strong").text for section in sections] == ["One tale", "Одна сказка"]
    address = sections[1].find("a")["href"]
    assert address == change("Одна сказка").replace("/admin/", "/desk/")
    own = soup(admin_client.get(address))
    assert own.find(id="id_title")
    assert not own.find_all("a", href=lambda href: href and href.startswith("/admin/"))


def test_the_panel_stands_behind_the_fieldsets_of_the_site(admin_client, pages):
    page = soup(admin_client.get(f"/desk/blog/post/{Post.objects.get(slug='first').pk}/change/"))
    assert len(page.select("fieldset.module")) == 2
    assert page.select_one(".field-smo_panel .smo-card strong").text == "A first post"
    assert page.find("link", href="/static/smo_kit/meta/admin.css")


def test_the_panel_stands_where_the_site_names_it(admin_client, pages):
    page = soup(admin_client.get(f"/lonely/blog/post/{Post.objects.get(slug='first').pk}/change/"))
    assert [bool(part.select(".smo-panel")) for part in page.select("fieldset.module")] == [True, False]


@pytest.mark.parametrize("form", ["/desk/blog/post/add/", "/desk/blog/story/add/", "/lonely/blog/post/add/"])
def test_the_panel_is_not_on_the_form_for_a_new_object(admin_client, form):
    page = soup(admin_client.get(form))
    assert page.find(id=lambda name: name in {"id_title", "id_is_public"})
    assert not page.select(".smo-panel, .field-smo_panel")


def test_the_panel_says_that_a_draft_is_not_shown(admin_client):
    post = Post.objects.create(slug="draft", title="Soon", is_public=False)
    page = soup(admin_client.get(f"/desk/blog/post/{post.pk}/change/"))
    assert "not public" in page.select_one(".smo-panel").text


def test_the_panel_has_no_link_where_pages_are_not_in_the_admin(admin_client, pages):
    page = soup(admin_client.get(f"/lonely/blog/post/{Post.objects.get(slug='first').pk}/change/"))
    assert page.select_one(".smo-panel strong").text == "A first post"
    assert not page.select(".smo-panel a")


def test_a_page_that_has_not_said_its_title_yet_is_listed_by_its_address(admin_client, synced):
    Place.objects.create(path="/contact/")
    synced()
    row = CardRow.objects.filter(title="").first()
    assert row.url in shown(admin_client)
    assert soup(admin_client.get(f"{LIST}{row.pk}/change/")).h1.text == row.url
