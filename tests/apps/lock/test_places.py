"""The terms of a lock are what its pages say now, and its address is that of its page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override

from smo_kit.core import registrations
from smo_kit.core.cards import Card
from smo_kit.core.pages import Page
from smo_kit.core.subjects import key_of
from smo_kit.lock import panels, places
from smo_kit.lock.addresses import page_address, path_of
from smo_kit.lock.files import panel as files_panel
from smo_kit.lock.files import views as files_views
from smo_kit.lock.files.links import Link
from smo_kit.lock.models import Lock, Opening, Spot
from smo_kit.lock.refs import Ref
from smo_kit.lock.source_field import field_of, language_for
from smo_kit.lock.sources import Gone
from smo_kit.lock.terms import forget, terms_of
from tests.apps.lock import paged
from tests.apps.lock.desk_locks import opened
from tests.apps.lock.opening.conftest import later, member, press  # noqa: F401
from tests.blog.models import Post, Story, Telling

pytestmark = pytest.mark.django_db

WAIT = {"ways": ["wait"], "wait_seconds": 1}
SIGN_IN = {"ways": ["sign_in"]}


@pytest.fixture
def page(db):
    return Post.objects.create(slug="bridges", title="Bridges of stone", body="hidden words")


@pytest.fixture
def body(page):
    return Ref(key_of(page, "en"), "more", "field", "body", "/posts/bridges/")


@pytest.fixture
def shown(monkeypatch):
    """Have a page that no cache keeps show a lock with options; return what then opens it there."""

    def show(ref: Ref, options=None):
        terms_of(ref, options or {})
        return ways(ref)

    monkeypatch.setattr("smo_kit.lock.terms.SECONDS", 0)
    return show


def ways(ref: Ref) -> tuple[str, ...]:
    terms = terms_of(ref)
    assert terms is not None
    return terms.conf.ways


class TestTightened:
    @pytest.mark.parametrize(
        "change",
        [{"where": "lead"}, {"source": "view"}, {"name": "more", "where": "x|Take it"}, {"language": "ru"}],
        ids=["field", "form", "label", "language"],
    )
    def test_an_old_string_of_another_place_opens_as_the_page_says_now(self, body, change):
        key = body.key.speaking(change.pop("language", "en"))
        old = replace(body, key=key, **change)
        terms_of(old, WAIT)
        assert ways(old) == ("wait",)
        terms_of(body, SIGN_IN)
        assert ways(old) == ways(body) == ("sign_in",)

    def test_so_does_one_of_the_same_place_at_once(self, body):
        terms_of(body, WAIT)
        assert ways(body) == ("wait",)
        terms_of(body, SIGN_IN)
        assert ways(body) == ("sign_in",)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ({"rung": "opened"}, {"rung": "visited"}),
            ({"wait_seconds": 1}, {"wait_seconds": 900}),
            ({"patience_seconds": 5}, {"patience_seconds": 900}),
            ({"days": 0}, {"days": 1}),
            ({"open_for": ["members"]}, {"open_for": []}),
            ({"networks": ["vk", "telegram"]}, {"networks": ["vk"]}),
        ],
        ids=lambda one: next(iter(one)),
    )
    def test_of_all_that_opens_it(self, body, before, after):
        old = replace(body, where="lead")
        terms_of(old, before)
        terms_of(body, after)
        assert terms_of(old).conf == terms_of(body).conf

    def test_a_tag_without_options_is_tightened_to_the_sites(self, body, set_lock):
        set_lock(ways=("sign_in",))
        terms_of(replace(body, where="lead"), WAIT)
        terms_of(body, {})
        assert ways(replace(body, where="lead")) == ("sign_in",)

    def test_a_place_that_is_given_what_another_has_is_news_to_the_third(self, body, shown):
        first, second, third = body, replace(body, where="lead"), replace(body, where="title")
        shown(first, WAIT)
        shown(third, WAIT)
        shown(second, SIGN_IN)
        shown(first, WAIT)
        shown(third, WAIT)
        shown(first, SIGN_IN)
        assert ways(third) == ("sign_in",)

    @pytest.mark.urls("tests.apps.lock.paged")
    def test_on_a_route_that_takes_any_address(self, page, client):
        def says(source: str, path: str) -> str:
            paged.SOURCE["page"] = source
            html = client.get(path).content.decode()
            paged.SOURCE["page"] = paged.SIMPLE
            return re.search(r'data-smo-lock="([^"]+)"', html)[1]

        old = says("{% smo_lock object ways='wait' %}x{% endsmo_lock %}", "/any/bridges/old")
        says("{% smo_lock object ways='sign_in' %}x{% endsmo_lock %}", "/any/bridges/new")
        assert press(Client(), f"{old}open/")["state"] == "refused"

    def test_what_an_endpoint_reads_while_it_changes_is_not_kept(self, body, monkeypatch):
        said_at = places.said_at
        terms_of(body, WAIT)

        def meanwhile(ref):
            found = said_at(ref)
            monkeypatch.undo()
            terms_of(body, SIGN_IN)
            return found

        monkeypatch.setattr(places, "said_at", meanwhile)
        terms_of(body)
        assert ways(body) == ("sign_in",)


class TestTwoPages:
    def test_each_keeps_its_own_when_both_are_shown(self, body, shown):
        other = replace(body, key=body.key.speaking("ru"))
        shown(body, {"ways": ["share"], "networks": ["telegram"]})
        shown(other, {"ways": ["share"], "networks": ["vk"]})
        for _ in range(2):
            shown(body, {"ways": ["share"], "networks": ["telegram"]})
            shown(other, {"ways": ["share"], "networks": ["vk"]})
            assert [terms_of(one).conf.networks for one in (body, other)] == [("telegram",), ("vk",)]

    def test_words_are_each_place_s_own(self, body, shown):
        other = replace(body, key=body.key.speaking("ru"))
        shown(body, {**WAIT, "title": "Read on", "text_b": "Or not"})
        shown(other, {**SIGN_IN, "title": "Читать"})
        conf = terms_of(body).conf
        assert (conf.title, conf.text, conf.text_b, conf.ways) == ("Read on", "", "Or not", ("sign_in",))

    def test_other_words_are_no_news(self, body, shown):
        other = replace(body, key=body.key.speaking("ru"))
        shown(body, {**WAIT, "title": "Read on"})
        shown(other, {**WAIT, "title": "Читать"})
        assert list(Spot.objects.values_list("holds", flat=True)) == [True, True]

    def test_other_words_are_known_at_once(self, body):
        terms_of(body, {**WAIT, "title": "Read on"})
        assert terms_of(body).conf.title == "Read on"
        terms_of(body, {**WAIT, "title": "Go on"})
        assert terms_of(body).conf.title == "Go on"

    def test_one_that_is_shown_no_more_holds_for_a_month(self, body, shown):
        gone = replace(body, where="lead")
        shown(gone, WAIT)
        shown(body, SIGN_IN)
        shown(gone, WAIT)
        assert ways(gone) == ("wait",)
        Spot.objects.filter(where="lead").update(seen=Spot.objects.get(where="body").seen - dt.timedelta(days=31))
        assert ways(gone) == ("sign_in",)

    def test_a_lock_that_nobody_looks_at_holds_for_good(self, body, shown):
        shown(body, WAIT)
        Spot.objects.update(seen=Spot.objects.get().seen - dt.timedelta(days=400))
        assert ways(body) == ("wait",)

    def test_a_page_that_says_the_same_asks_no_query(self, body, django_assert_num_queries):
        other = replace(body, where="lead")
        for one in (body, other, body, other):
            terms_of(one, WAIT)
        with django_assert_num_queries(0):
            assert terms_of(body, WAIT) == terms_of(other, WAIT)


class TestMany:
    def test_the_place_shown_last_is_always_known(self, body, monkeypatch):
        monkeypatch.setattr(places, "MOST_SPOTS", 3)
        for number in range(5):
            terms_of(replace(body, source="view", where=f"/any/{number}"), WAIT)
        terms_of(body, SIGN_IN)
        assert Spot.objects.count() == 3
        assert ways(body) == ways(replace(body, source="view", where="/any/4")) == ("sign_in",)

    def test_a_flood_of_one_form_takes_no_other_s_place(self, body, monkeypatch):
        monkeypatch.setattr(places, "MOST_SPOTS", 3)
        terms_of(body, WAIT)
        for number in range(5):
            terms_of(replace(body, source="view", where=f"/any/{number}"), WAIT)
        assert set(Spot.objects.values_list("where", flat=True)) == {"body", "/any/3", "/any/4"}


class TestAddress:
    def test_it_is_the_page_s_own_whatever_was_asked_for(self, page):
        request = RequestFactory().get("/any/bridges/win-a-prize")
        Template("{% load smo %}{% smo_lock post %}x{% endsmo_lock %}").render(
            Context({"post": page, "request": request})
        )
        spot = Spot.objects.get()
        assert (spot.path, spot.where) == ("/posts/bridges/", "/any/bridges/win-a-prize")

    @pytest.mark.parametrize(
        ("url", "path"),
        [
            ("/posts/bridges/", "/posts/bridges/"),
            ("/posts/%D0%BC%D0%BE%D1%81%D1%82/", "/posts/мост/"),
            ("https://example.org/posts/bridges/?a=b#c", "/posts/bridges/"),
            ("https://elsewhere.example/bridges/", "/asked/"),
            ("//elsewhere.example/bridges/", "/asked/"),
            ("", "/asked/"),
        ],
    )
    def test_of_a_card(self, url, path, settings):
        settings.SMO_KIT = {**settings.SMO_KIT, "CORE": {"base_url": "https://example.org"}}
        assert path_of(Page(Card(url=url, title="x"), None, RequestFactory().get("/asked/"))) == path

    def test_without_a_card_it_is_what_was_asked_for(self):
        assert path_of(Page(None, None, RequestFactory().get("/asked/"))) == "/asked/"
        assert path_of(Page(None, None, None)) == ""

    @pytest.mark.parametrize(
        "path", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "/a\r\nX: y", ""]
    )
    def test_every_output_leads_to_this_site(self, path, member, admin_client):  # noqa: F811
        lock = Lock.objects.create(content_type=ContentType.objects.get_for_model(Post), object_pk="999", name="file:a")
        Spot.objects.create(lock=lock, language="en", source="field", where="x", path=path)
        Spot.objects.create(lock=lock, language="en", source="file", where="a", path=path)
        row = opened(lock, member)
        listed = admin_client.get("/admin/smo_lock/lock/").content.decode()
        shown = admin_client.get(f"/admin/smo_lock/lock/{lock.pk}/change/").content.decode()
        links = [
            page_address(path),
            *(one.address for one in panels.opened_pages([Opening.objects.get(pk=row.pk)])),
            files_panel._page(lock, "en"),
            files_views._page_of(Link(1, lock.pk, "en", "", "")),
        ]
        for link in links:
            assert url_has_allowed_host_and_scheme(link, set())
            assert link.startswith("/")
            assert "\\" not in link
        if path:
            for html in (listed, shown):
                assert f'href="{path}' not in html
        assert len(links) == 4


class TestLanguages:
    @pytest.fixture
    def in_english_alone(self, monkeypatch):
        registration = registrations.registration_of(Post)
        monkeypatch.setitem(registrations._registrations, Post, replace(registration, languages=lambda post: ("en",)))

    def field(self, page, language: str):
        key = key_of(page, language)
        return field_of(
            RequestFactory().get("/"), Ref(key, "more", "field", f"{key.content_type_id}.{page.pk}.body", "/")
        )

    def test_a_field_is_given_in_no_language_that_its_object_has_not(self, page, in_english_alone):
        with pytest.raises(Gone):
            self.field(page, "ru")
        assert "hidden words" in self.field(page, "en")
        assert "hidden words" in self.field(page, "en-us")

    def test_where_nobody_names_languages_it_is_given_in_all(self, page):
        assert "hidden words" in self.field(page, "ru")

    def test_a_lock_on_a_page_in_another_language_speaks_the_object_s(self, page, in_english_alone):
        assert [language_for(page, one) for one in ("ru", "en", "en-us")] == ["en", "en", "en-us"]

    def test_a_translation_on_a_page_in_another_language_opens(self, db):
        telling = Telling.objects.create(story=Story.objects.create(), language="ru", slug="x", title="Сказка")
        with override("en"):
            Template("{% load smo %}{% smo_lock telling field='title' %}x{% endsmo_lock %}").render(
                Context({"telling": telling, "request": RequestFactory().get("/")})
            )
        spot = Spot.objects.select_related("lock").get()
        ref = Ref(spot.lock.key.speaking(spot.language), spot.lock.name, spot.source, spot.where, spot.path)
        assert "Сказка" in field_of(RequestFactory().get("/"), ref)


@pytest.mark.parametrize("where", ["{gone}.1.body", "x.1.body", "{there}.x.body", ""])
def test_a_field_of_what_is_not_there_any_more_is_gone(page, where):
    gone = ContentType.objects.create(app_label="gone", model="gone")
    key = key_of(page, "en")
    place = where.format(gone=gone.pk, there=key.content_type_id)
    gone.delete()
    with pytest.raises(Gone):
        field_of(RequestFactory().get("/"), Ref(key, "more", "field", place, "/"))


def test_an_editor_s_terms_go_before_those_of_every_place(body):
    terms_of(body, WAIT)
    lock = Lock.objects.get()
    lock.options = {"ways": ["comment"]}
    lock.save()
    forget(lock)
    assert ways(body) == ways(replace(body, where="lead")) == ("comment",)
