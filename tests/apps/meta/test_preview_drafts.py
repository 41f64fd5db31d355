"""The preview of a draft, and what an editor has typed: for whoever may change it, and kept nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from smo_kit.core import registrations
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import registration_of
from smo_kit.meta.models import CardImage, Override
from smo_kit.meta.preview.addresses import preview_address
from tests.apps.meta.preview_tools import any_site  # noqa: F401
from tests.apps.staff import staff
from tests.blog.models import Post, Story, Telling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_site")]
SECRET = "A secret of tomorrow"


@pytest.fixture
def draft() -> Post:
    return Post.objects.create(slug="draft", title=SECRET, lead="Not yet.", is_public=False)


def user(client, *permissions: str) -> Any:
    someone = staff(*permissions, app="blog")
    client.force_login(someone)
    return someone


def titles(response) -> set[str]:
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    return {one.get_text(" ", strip=True) for one in soup.select(".smo-words b:not(.smo-site), .smo-chip")}


class TestDraft:
    def test_whoever_may_change_it_sees_it_in_every_network(self, client, draft):
        user(client, "change_post")
        response = client.get(preview_address(draft, "en"))
        soup = BeautifulSoup(response.content, "html.parser")
        assert len(soup.select("article.smo-preview")) == 10
        assert titles(response) == {SECRET}
        assert "will show it" in soup.main.p.text

    def test_nobody_keeps_it(self, client, draft):
        user(client, "change_post")
        response = client.get(preview_address(draft, "en"))
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert not CardImage.objects.exists()
        assert not CardRow.objects.exists()

    def test_its_drawn_picture_is_there_for_the_editor_and_for_the_page_later(self, client, draft):
        user(client, "change_post")
        soup = BeautifulSoup(client.get(preview_address(draft, "en")).content, "html.parser")
        image = soup.select_one(".smo-stage img")["src"]
        assert client.get(image).status_code == 200
        assert not CardImage.objects.exists()
        Post.objects.update(is_public=True)
        client.get("/posts/draft/")
        assert CardImage.objects.count() == 1
        assert image.endswith(f"/{CardImage.objects.get().digest}.jpg")

    @pytest.mark.parametrize("permissions", [[], ["view_post"], ["change_story"], ["add_post", "delete_post"]])
    def test_nobody_else_does(self, client, draft, permissions):
        user(client, *permissions)
        response = client.get(preview_address(draft, "en"))
        assert response.status_code == 403
        assert SECRET.encode() not in response.content

    def test_a_stranger_is_asked_to_sign_in(self, client, draft):
        response = client.get(preview_address(draft, "en"))
        assert response.status_code == 302
        assert "/login/" in response.headers["Location"]

    @pytest.mark.parametrize("token", ["x", "5.en.1", "5.en.1:forged", "::", "%00"])
    def test_a_forged_address_is_nowhere(self, admin_client, token):
        assert admin_client.get(f"/smo/preview/{token}/").status_code == 404

    def test_an_address_is_of_one_object(self, admin_client, draft):
        address = preview_address(draft, "en")
        assert admin_client.get(address.replace(f".en.{draft.pk}:", f".en.{draft.pk + 1}:")).status_code == 404
        draft.delete()
        assert admin_client.get(address).status_code == 404

    def test_it_is_only_looked_at(self, admin_client, draft):
        assert admin_client.post(preview_address(draft, "en")).status_code == 405

    def test_a_site_may_say_who_changes_what(self, client, draft, monkeypatch):
        someone = user(client)
        mine = replace(registration_of(Post), may_change=lambda who, post: who == someone and post.pk == draft.pk)
        monkeypatch.setitem(registrations._registrations, Post, mine)
        other = Post.objects.create(slug="other", title="Other", is_public=False)
        assert client.get(preview_address(draft, "en")).status_code == 200
        assert client.get(preview_address(other, "en")).status_code == 403

    def test_a_public_page_is_read_as_it_is(self, client, draft):
        Post.objects.update(is_public=True)
        user(client, "change_post")
        response = client.get(preview_address(draft, "en"))
        assert titles(response) == {SECRET}
        assert 'href="/posts/draft/"' in response.text

    def test_the_colours_are_a_style_sheet(self, client):
        response = client.get("/smo/preview.css")
        assert response.headers["Content-Type"].startswith("text/css")
        assert response.content.count(b"--smo-accent:light-dark(#") == 10


class TestForm:
    def url(self, post: Post) -> str:
        return f"/desk/blog/post/{post.pk}/smo-previews/"

    def test_what_is_typed_is_seen_and_not_saved(self, client, draft):
        user(client, "change_post")
        response = client.post(self.url(draft), {"title": "Typed <b>now</b>", "lead": "And this."})
        assert titles(response) == {"Typed <b>now</b>"}
        draft.refresh_from_db()
        assert (draft.title, draft.lead) == (SECRET, "Not yet.")
        assert not CardImage.objects.exists()

    def test_a_wrong_field_stays_as_it_was_saved(self, client, draft):
        user(client, "change_post")
        response = client.post(self.url(draft), {"title": "x" * 501, "lead": "New."})
        assert titles(response) == {SECRET}
        assert "New." in response.text

    def test_a_file_is_left_out(self, client, draft):
        user(client, "change_post")
        file = SimpleUploadedFile("a.jpg", b"no picture")
        assert titles(client.post(self.url(draft), {"title": "Typed", "cover": file})) == {"Typed"}

    def test_without_a_form_it_is_what_is_saved(self, client, draft):
        user(client, "change_post")
        assert titles(client.get(self.url(draft))) == {SECRET}

    @pytest.mark.parametrize("permissions", [[], ["view_post"], ["change_story"]])
    def test_only_for_who_may_change_it(self, client, draft, permissions):
        user(client, *permissions)
        for response in (client.get(self.url(draft)), client.post(self.url(draft), {"title": "x"})):
            assert response.status_code == 403
            assert SECRET.encode() not in response.content

    def test_a_stranger_is_asked_to_sign_in(self, client, draft):
        assert client.post(self.url(draft), {"title": "x"}).status_code == 302

    def test_csrf_is_kept(self, admin_user, draft):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        strict.force_login(admin_user)
        assert strict.post(self.url(draft), {"title": "x"}).status_code == 403

    def test_nobodys_object_is_404_or_back(self, admin_client):
        assert admin_client.post("/desk/blog/post/999/smo-previews/", {}).status_code == 404

    def test_a_subject_shows_its_translations(self, admin_client, synced):
        story = Story.objects.create()
        Telling.objects.create(story=story, language="en", slug="one", title="One tale")
        Telling.objects.create(story=story, language="ru", slug="odin", title="Одна сказка")
        synced()
        response = admin_client.post(f"/desk/blog/story/{story.pk}/smo-previews/", {"is_public": "on"})
        assert titles(response) == {"One tale", "Одна сказка"}

    @pytest.fixture
    def tellings(self) -> list[Telling]:
        story = Story.objects.create(is_public=False)
        words = [("en", "one", "One tale"), ("ru", "odin", "Одна сказка")]
        return [
            Telling.objects.create(story=story, language=code, slug=slug, title=title) for code, slug, title in words
        ]

    def typed_tellings(self, tellings: list[Telling], **others: str) -> dict[str, str]:
        fields = {"tellings-TOTAL_FORMS": "2", "tellings-INITIAL_FORMS": "2"}
        for at, one in enumerate(tellings):
            values = {"id": one.pk, "story": one.story_id, "language": one.language, "slug": one.slug}
            fields |= {f"tellings-{at}-{name}": str(value) for name, value in values.items()}
            fields[f"tellings-{at}-title"] = f"Typed {at}"
        return {**fields, **others}

    def story_url(self, tellings: list[Telling]) -> str:
        return f"/desk/blog/story/{tellings[0].story_id}/smo-previews/"

    def test_a_draft_shows_the_translations_in_its_form(self, admin_client, tellings):
        url = self.story_url(tellings)
        assert titles(admin_client.get(url)) == {"One tale", "Одна сказка"}
        assert titles(admin_client.post(url, {})) == {"One tale", "Одна сказка"}
        assert titles(admin_client.post(url, self.typed_tellings(tellings))) == {"Typed 0", "Typed 1"}
        page = BeautifulSoup(admin_client.get(url.replace("smo-previews", "change")).content, "html.parser")
        assert page.select_one("form [data-smo-renew]")["data-smo-renew"] == url

    @pytest.mark.parametrize("is_public", [True, False])
    def test_a_translation_that_is_to_be_deleted_is_not_shown(self, admin_client, tellings, synced, is_public):
        Story.objects.update(is_public=is_public)
        synced()
        typed = self.typed_tellings(tellings, **{"tellings-1-DELETE": "on"})
        assert titles(admin_client.post(self.story_url(tellings), typed)) == {"Typed 0"}
        assert Telling.objects.count() == 2

    def test_translations_are_for_who_may_see_them(self, client, tellings):
        user(client, "change_story")
        assert titles(client.get(self.story_url(tellings))) == set()
        assert titles(client.post(self.story_url(tellings), self.typed_tellings(tellings))) == set()

    def test_a_card_function_that_fails_on_half_an_object_is_told_kindly(self, admin_client, draft, monkeypatch):
        def fails(post):
            raise ValueError(post)

        monkeypatch.setitem(registrations._registrations, Post, replace(registration_of(Post), card=fails))
        response = admin_client.post(self.url(draft), {"title": "x"})
        assert response.status_code == 200
        assert "too little" in response.text

    def test_the_panel_of_a_draft_has_it(self, admin_client, draft):
        page = BeautifulSoup(admin_client.get(f"/desk/blog/post/{draft.pk}/change/").content, "html.parser")
        panel = page.select_one("form [data-smo-renew]")
        assert panel["data-smo-renew"] == self.url(draft)
        button = panel.select_one("button[formaction]")
        assert (button["formaction"], button["type"]) == (self.url(draft), "submit")
        assert page.find("script", src="/static/smo_kit/meta/previews.js", type="module")
        assert page.find("link", href="/static/smo_kit/meta/preview.css")


class TestWords:
    @pytest.fixture
    def row(self, post, synced) -> CardRow:
        synced()
        return CardRow.objects.get()

    def url(self, row: CardRow) -> str:
        return f"/admin/smo_core/cardrow/{row.pk}/smo-previews/"

    def test_words_are_seen_before_they_are_saved(self, admin_client, row):
        response = admin_client.post(self.url(row), {"title": "Better words"})
        assert titles(response) == {"Better words"}
        assert not Override.objects.exists()
        assert titles(admin_client.get(self.url(row))) == {"A first post"}

    def test_emptied_words_show_the_objects_own(self, admin_client, row):
        admin_client.post(self.url(row).replace("smo-previews", "change"), {"title": "Better words"})
        assert titles(admin_client.get(self.url(row))) == {"Better words"}
        assert titles(admin_client.post(self.url(row), {"title": ""})) == {"A first post"}
        assert Override.objects.get().title == "Better words"

    @pytest.mark.parametrize(("permission", "sees", "types"), [("change_post", 200, 200), ("view_post", 200, 403)])
    def test_who_may_look_and_who_may_type(self, client, row, permission, sees, types):
        user(client, permission)
        assert client.get(self.url(row)).status_code == sees
        assert client.post(self.url(row), {"title": "x"}).status_code == types

    def test_nobody_else(self, client, row):
        user(client, "change_story")
        assert client.get(self.url(row)).status_code in {403, 404}

    def test_the_page_has_the_panel(self, admin_client, row):
        page = BeautifulSoup(admin_client.get(self.url(row).replace("smo-previews", "change")).content, "html.parser")
        assert page.select_one("form[enctype] [data-smo-renew]")["data-smo-renew"] == self.url(row)
        assert page.find("script", src="/static/smo_kit/meta/previews.js")
