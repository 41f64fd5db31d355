"""Where a personal link leads: to the page as it is now, for everybody the same."""

from __future__ import annotations

from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError
from django.test import Client

from smo_kit.core.subjects import key_of
from smo_kit.core.visitors import Visitor
from smo_kit.share import arrivals
from smo_kit.share.links import mint
from smo_kit.share.models import PersonalLink
from tests.apps.share.going import BROWSER, go_out

pytestmark = pytest.mark.django_db
PAGE = "http://testserver/posts/tea/"
AGENTS = {
    "a browser": BROWSER,
    "a preview": "TelegramBot (like TwitterBot)",
    "another preview": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "a search robot": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "nobody": "",
}


@pytest.fixture
def link(post) -> PersonalLink:
    return mint(Visitor("a" * 32), key_of(post, "en"), "vk")


@pytest.fixture
def path(link) -> str:
    return f"/s/{link.token}/"


@pytest.fixture
def seen(monkeypatch) -> list[object]:
    """What is taken note of."""
    found: list[object] = []
    monkeypatch.setattr(arrivals, "see", lambda link, request: found.append(link.pk))
    return found


class TestWay:
    def test_leads_to_the_page_and_leaves_the_token_behind(self, client, path):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)

    def test_what_networks_add_stays_behind_too(self, client, path):
        assert client.get(f"{path}?fbclid=1&utm_source=x").headers["Location"] == PAGE

    def test_survives_a_changed_slug(self, client, path, post):
        post.slug = "green-tea"
        post.save()
        assert client.get(path).headers["Location"] == "http://testserver/posts/green-tea/"

    def test_utm_marks_stand_at_the_page_where_the_site_wants_them(self, client, path, share):
        share(utm=True)
        marks = "utm_source=vk&utm_medium=social&utm_campaign=share"
        assert client.get(path).headers["Location"] == f"{PAGE}?{marks}"

    @pytest.mark.parametrize(("language", "slug"), [("en", "tea-en"), ("ru", "tea-ru"), ("fi", "tea-en")])
    def test_speaks_the_link_s_language_if_the_page_does(self, client, story, language, slug):
        link = mint(Visitor("a" * 32), key_of(story, language), "vk")
        answer = client.get(f"/s/{link.token}/", headers={"accept-language": "de"})
        assert answer.headers["Location"].endswith(f"/{slug}/")

    def test_another_language_is_taken_when_the_link_s_own_is_gone(
        self, client, story, django_capture_on_commit_callbacks
    ):
        link = mint(Visitor("a" * 32), key_of(story, "ru"), "vk")
        with django_capture_on_commit_callbacks(execute=True):
            story.tellings.get(language="ru").delete()
        assert client.get(f"/s/{link.token}/").headers["Location"].endswith("/tea-en/")

    def test_the_longer_address_leads_there_too(self, client, link):
        assert client.get(f"/smo/s/{link.token}/").headers["Location"] == PAGE

    def test_is_the_site_s_own_whatever_host_is_asked(self, client, path, settings):
        settings.SMO_KIT = {**settings.SMO_KIT, "CORE": {"base_url": "https://example.org"}}
        answer = client.get(path, headers={"host": "evil.example"})
        assert answer.headers["Location"] == "https://example.org/posts/tea/"
        assert "evil.example" not in answer.text

    def test_a_host_that_is_not_the_site_s_is_refused(self, client, path, settings):
        settings.ALLOWED_HOSTS = ["testserver"]
        assert client.get(path, headers={"host": "evil.example"}).status_code == 400

    def test_is_open_where_the_whole_site_asks_to_sign_in(self, client, path, settings):
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.contrib.auth.middleware.LoginRequiredMiddleware"]
        assert client.get(path).headers["Location"] == PAGE


class TestAnswer:
    def test_is_the_same_for_every_agent(self, client, path):
        said = [{"user-agent": agent, "accept-language": code} for agent in AGENTS.values() for code in ("en", "ru")]
        answers = [Client().get(path, headers=headers) for headers in said]
        first = answers[0]
        assert {one.content for one in answers} == {first.content}
        heads = [{name: value for name, value in one.items() if name != "Expires"} for one in answers]
        assert all(head == heads[0] for head in heads)

    def test_is_the_same_for_who_has_shared_it(self, client, path, post):
        go_out(client, post)
        assert client.get(path).content == Client().get(path).content

    def test_sets_no_cookie(self, client, path):
        assert not client.get(path).cookies
        assert not client.get("/s/nobody/").cookies

    def test_is_kept_nowhere_and_tells_the_token_to_nobody(self, client, path):
        headers = client.get(path).headers
        assert "no-store" in headers["Cache-Control"]
        assert headers["Referrer-Policy"] == "strict-origin"
        assert headers["X-Robots-Tag"] == "noindex"  # and no word that keeps a preview from the card

    def test_has_the_very_head_of_the_page_for_who_does_not_follow(self, client, path):
        def head(address):
            found = BeautifulSoup(client.get(address).content, "html.parser").head.select("title, meta, link, script")
            return [str(one) for one in found if one.get("charset") is None]

        assert head(path) == head("/posts/tea/")
        assert any("og:title" in one for one in head(path))
        assert any("application/ld+json" in one for one in head(path))

    def test_of_a_translation_is_in_its_language(self, client, story):
        link = mint(Visitor("a" * 32), key_of(story, "ru"), "vk")
        answer = client.get(f"/s/{link.token}/", headers={"accept-language": "en"})
        soup = BeautifulSoup(answer.content, "html.parser")
        assert (soup.html["lang"], soup.find(property="og:title")["content"]) == ("ru", "Чай")
        assert answer.headers["Content-Language"] == "ru"

    def test_has_title_and_address_where_no_app_prints_cards(self, client, path, monkeypatch):
        monkeypatch.setattr(arrivals, "META", "not_installed")
        soup = BeautifulSoup(client.get(path).content, "html.parser")
        assert soup.title.text == "Tea & <rum>"
        assert soup.find("link", rel="canonical")["href"] == PAGE

    def test_nothing_in_it_runs(self, client, path):
        soup = BeautifulSoup(client.get(path).content, "html.parser")
        assert not [one for one in soup.select("script, style") if one.get("type") != "application/ld+json"]
        assert not soup.select("[style], [onclick], meta[http-equiv=refresh]")

    def test_head_is_told_the_same(self, client, path):
        answer = client.head(path)
        assert (answer.status_code, answer.headers["Location"], answer.content) == (302, PAGE, b"")

    def test_post_is_refused(self, client, path):
        assert client.post(path).status_code == 405


class TestSight:
    def test_a_get_is_taken_note_of(self, client, path, link, seen):
        client.get(path)
        assert seen == [link.pk]

    def test_a_head_is_not(self, client, path, seen):
        client.head(path)
        assert seen == []

    def test_neither_is_what_leads_nowhere(self, client, path, post, seen):
        client.get("/s/nobody/")
        post.delete()
        client.get(path)
        assert seen == []

    def test_who_comes_arrives_though_nothing_can_be_written(self, client, path, monkeypatch):
        def fail(link, request):
            raise DatabaseError

        monkeypatch.setattr(arrivals, "see", fail)
        assert client.get(path).headers["Location"] == PAGE


class TestNowhere:
    @pytest.mark.parametrize("token", ["nobody", "a" * 17, "a" * 300, "%00", "чай", "..", "'--"])
    def test_a_token_of_nobody(self, client, link, token):
        answer = client.get(f"/s/{token}/")
        assert answer.status_code == 404
        assert "Nobody has made this link here." in unescape(answer.text)
        assert "no-store" in answer.headers["Cache-Control"]

    def test_a_page_that_is_gone(self, client, path, post):
        post.delete()
        answer = client.get(path)
        assert answer.status_code == 410
        assert "not there any more" in unescape(answer.text)

    def test_a_page_that_is_not_public_any_more_and_then_is(self, client, admin_client, path, post):
        post.is_public = False
        post.save()
        assert (client.get(path).status_code, admin_client.get(path).status_code) == (410, 410)
        post.is_public = True
        post.save()
        assert client.get(path).status_code == 302

    def test_another_site_s_link(self, client, path, settings):
        settings.SITE_ID = 2
        assert client.get(path).status_code == 404

    def test_the_sentence_is_in_the_link_s_language(self, client, story):
        link = mint(Visitor("a" * 32), key_of(story, "ru"), "vk")
        story.delete()
        assert client.get(f"/s/{link.token}/").headers["Content-Language"] == "ru"


def test_the_database_is_asked_little(client, path, django_assert_max_num_queries):
    client.get(path)
    with django_assert_max_num_queries(4):
        client.get(path)
