"""The subject, its key, and pages without an object."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.urls import ResolverMatch, resolve
from django.utils.safestring import SafeString
from meta.views import Meta

from smo_kit.core.cards import Card
from smo_kit.core.models import CardRow, Place
from smo_kit.core.pages import localized, page_for
from smo_kit.core.subjects import ForgedKey, Key, key_of, path_without_language, place_of, subject_of
from tests.blog.models import Post, Story, Telling

pytestmark = pytest.mark.django_db


def asked(rf, path):
    request = rf.get(path)
    request.resolver_match = resolve(request.path)
    return request


def test_translations_have_one_subject_and_one_key():
    story = Story.objects.create()
    one, two = (Telling.objects.create(story=story, language=code, slug=code, title=code) for code in ("en", "ru"))
    assert subject_of(one) == subject_of(two) == story
    assert key_of(one) == key_of(two) == key_of(story)
    assert key_of(one, "en") != key_of(two, "ru")


def test_a_signed_key_is_the_same_each_time_and_comes_back():
    key = key_of(Post.objects.create(slug="a", title="A"), "ru")
    assert key.sign() == key.sign()
    assert Key.unsign(key.sign()) == key


@pytest.mark.parametrize("pk", ["a.b", "a:b", "ключ", "", "x" * 64])
def test_any_primary_key_comes_back(pk):
    assert Key.unsign(Key(7, pk, "ru").sign()) == Key(7, pk, "ru")


@pytest.mark.parametrize("token", ["", "1..1", "1..1:forged", "x" * 5000, "\x00"])
def test_a_forged_key_is_refused(token):
    with pytest.raises(ForgedKey):
        Key.unsign(token)


def test_an_old_secret_still_opens(settings):
    token = Key(1, "1").sign()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert Key.unsign(token) == Key(1, "1")


def test_a_key_finds_its_subject_while_it_lives():
    post = Post.objects.create(slug="a", title="A")
    key = key_of(post)
    assert key.subject() == post
    post.delete()
    assert key.subject() is None


@pytest.mark.parametrize(
    ("path", "bare"), [("/ru/about/", "/about/"), ("/about/", "/about/"), ("/en/", "/"), ("/english/", "/english/")]
)
def test_the_language_is_no_part_of_a_place(path, bare):
    assert path_without_language(path) == bare


def test_a_fixed_page_gets_its_place_once(rf):
    first, second = place_of(asked(rf, "/about/?utm_source=x")), place_of(asked(rf, "/about/"))
    assert first == second
    assert Place.objects.get().path == "/about/"


def test_a_visitors_address_makes_no_row(rf):
    assert place_of(asked(rf, "/any/what/i/like")) is None
    assert not Place.objects.exists()


def test_staff_may_make_a_place_of_any_page(rf):
    place = Place.objects.create(path="/any/contact")
    assert place_of(asked(rf, "/any/contact")) == place


def test_a_place_that_staff_make_or_remove_is_seen_at_once(rf):
    assert place_of(asked(rf, "/any/contact")) is None
    place = Place.objects.create(path="/any/contact")
    assert place_of(asked(rf, "/any/contact")) == place
    place.delete()
    assert place_of(asked(rf, "/any/contact")) is None


def test_that_there_is_no_place_costs_no_query_either(
    rf, django_assert_num_queries, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        place_of(asked(rf, "/any/contact"))
    with django_assert_num_queries(0):
        assert place_of(asked(rf, "/any/contact")) is None


def test_an_endless_path_is_no_place(rf):
    assert place_of(asked(rf, "/any/" + "x" * 5000)) is None


def test_a_warm_place_costs_no_query(rf, django_assert_num_queries, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        place_of(asked(rf, "/about/"))
    with django_assert_num_queries(0):
        place_of(asked(rf, "/about/"))


def test_the_argument_of_a_tag_comes_first(rf):
    post, other = (Post.objects.create(slug=slug, title=slug) for slug in "ab")
    page = page_for({"request": asked(rf, "/about/"), "object": other}, post)
    assert (page.card.title, page.key) == ("a", key_of(post))


def test_an_object_that_is_empty_is_still_the_argument(rf, monkeypatch):
    monkeypatch.setattr(Post, "__len__", lambda post: 0, raising=False)
    post = Post.objects.create(slug="a", title="a")
    assert page_for({"request": asked(rf, "/about/")}, post).key == key_of(post)


@pytest.mark.parametrize("with_request", [True, False])
def test_an_argument_may_be_a_meta(rf, with_request):
    context = {"request": asked(rf, "/about/")} if with_request else {}
    card = page_for(context, Meta(title="Said", description="More")).card
    assert (card.title, card.summary, card.url) == ("Said", "More", "/about/" if with_request else "/")


@pytest.mark.parametrize("nothing", [None, "", SafeString("")])
def test_a_name_that_the_template_does_not_know_is_no_argument(rf, nothing, caplog):
    post = Post.objects.create(slug="a", title="a")
    assert page_for({"request": asked(rf, "/about/"), "object": post}, nothing).key == key_of(post)
    assert not caplog.records


@pytest.mark.parametrize("wrong", ["INVALID", 7, 0, False, [], {"title": "A"}, object()])
def test_any_other_argument_is_logged_with_its_cure_and_the_page_itself_is_meant(rf, settings, caplog, wrong):
    other = Post.objects.create(slug="a", title="a")
    page = page_for({"request": asked(rf, "/about/"), "object": other}, wrong)
    assert page.key == key_of(Place.objects.get())
    assert type(wrong).__name__ in caplog.text
    assert "Give it an object, a Card or a django-meta Meta" in caplog.text
    settings.DEBUG = True
    with pytest.raises(TypeError, match="django-meta Meta"):
        page_for({"request": asked(rf, "/about/")}, wrong)


def test_words_in_a_context_are_no_meta(rf):
    page = page_for({"request": asked(rf, "/about/"), "meta": "words"})
    assert page.card.title == "Test site"


def test_then_the_views_object(rf):
    post = Post.objects.create(slug="a", title="a")
    assert page_for({"request": asked(rf, "/about/"), "object": post}).key == key_of(post)


def test_then_the_views_meta(rf):
    meta = Meta(title="Meta's title", description="Meta &amp; more")
    page = page_for({"request": asked(rf, "/about/"), "meta": meta})
    assert (page.card.title, page.card.summary, page.card.url) == ("Meta's title", "Meta & more", "/about/")
    assert page.key == key_of(Place.objects.get())


def test_then_the_place(rf):
    page = page_for({"request": asked(rf, "/about/")})
    assert (page.card.url, page.card.title, page.card.kind) == ("/about/", "Test site", "website")


def test_an_object_that_is_no_model_of_ours_is_passed_over(rf):
    page = page_for({"request": asked(rf, "/about/"), "object": "text"})
    assert page.card.url == "/about/"


def test_a_page_without_anything_still_has_a_card(rf):
    page = page_for({"request": asked(rf, "/any/x")})
    assert (page.card.url, page.key) == ("/any/x", None)
    assert page_for({}).card.title == "Test site"


def test_what_is_rolled_back_is_not_remembered(rf):
    with transaction.atomic():
        place_of(asked(rf, "/about/"))
        transaction.set_rollback(True)
    assert place_of(asked(rf, "/about/")).pk == Place.objects.get().pk


def test_a_database_that_can_t_be_written_costs_the_place_not_the_page(rf, monkeypatch, caplog):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "get_or_create", locked)
    page = page_for({"request": asked(rf, "/about/")})
    assert (page.card.url, page.key) == ("/about/", None)
    assert "can't have its Place now" in caplog.text


def test_a_route_that_takes_any_address_makes_no_row(rf):
    request = rf.get("/invented/")
    request.resolver_match = ResolverMatch(lambda request: None, (), {}, url_name="home")
    assert place_of(request) is None
    assert not Place.objects.exists()


def test_a_page_under_a_prefix_of_the_server_has_the_same_place(rf):
    place = Place.objects.create(path="/any/contact")
    request = rf.get("/any/contact", SCRIPT_NAME="/app")
    request.resolver_match = resolve("/any/contact")
    assert request.path == "/app/any/contact"
    assert place_of(request) == place


def test_a_place_that_has_just_gone_is_a_page_all_the_same(rf, monkeypatch):
    monkeypatch.setattr("smo_kit.core.pages.card_for", lambda obj, **options: None if isinstance(obj, Place) else obj)
    assert page_for({"request": asked(rf, "/about/")}).card.url == "/about/"


def test_what_an_editor_says_holds_for_a_page_whose_view_makes_its_card(rf, monkeypatch):
    card = Card(url="/about/", title="About", summary="Who we are")
    monkeypatch.setattr(
        "smo_kit.core.cards._refiners", [(1, lambda cards: [replace(card, title=str(key)) for key, card in cards])]
    )
    page = page_for({"request": asked(rf, "/about/")}, card)
    assert page.card.title == str(key_of(Place.objects.get(), "en"))


def test_a_page_s_own_words_are_kept_for_the_lists(rf, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page_for({"request": asked(rf, "/about/")}, Card(url="/about/", title="About", summary="Who we are"))
    row = CardRow.objects.get(language="en")
    assert (row.title, row.summary, row.url) == ("About", "Who we are", "/about/")


def test_what_a_visitor_asked_for_or_only_one_reader_sees_is_not_kept(rf, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page_for({"request": asked(rf, "/about/?q=spam")}, Card(url="/about/", title="Search: spam"))
        request = asked(rf, "/about/")
        request.COOKIES["sessionid"] = "x"
        page_for({"request": request}, Card(url="/about/", title="Hello Anna"))
    assert Place.objects.get().words == {}


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/desk/", "/smo/preview.css"])
def test_the_admin_and_the_suite_have_no_pages(rf, settings, path):
    settings.ROOT_URLCONF = "tests.apps.core.catching_urls"
    assert place_of(asked(rf, path)) is None
    assert not Place.objects.exists()


@pytest.mark.parametrize(
    ("path", "address"),
    [("/about/", "/about/"), ("/team/", "/ru/team/"), ("/news/first/", "/ru/news/first/"), ("/", "/ru/")],
)
def test_a_route_that_takes_any_address_gives_no_page_a_language(settings, path, address):
    settings.ROOT_URLCONF = "tests.apps.core.catching_urls"
    assert localized(path, "ru") == address


def test_a_path_that_leads_nowhere_stays_as_it_is():
    assert localized("/nowhere/", "ru") == "/nowhere/"
