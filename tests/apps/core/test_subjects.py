"""The subject, its key, and pages without an object."""

from __future__ import annotations

import pytest
from django.urls import resolve

from smo_kit.core.models import Place
from smo_kit.core.pages import page_for
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


def test_that_there_is_no_place_costs_no_query_either(rf, django_assert_num_queries):
    place_of(asked(rf, "/any/contact"))
    with django_assert_num_queries(0):
        assert place_of(asked(rf, "/any/contact")) is None


def test_an_endless_path_is_no_place(rf):
    assert place_of(asked(rf, "/any/" + "x" * 5000)) is None


def test_a_warm_place_costs_no_query(rf, django_assert_num_queries):
    place_of(asked(rf, "/about/"))
    with django_assert_num_queries(0):
        place_of(asked(rf, "/about/"))


def test_the_argument_of_a_tag_comes_first(rf):
    post, other = (Post.objects.create(slug=slug, title=slug) for slug in "ab")
    page = page_for({"request": asked(rf, "/about/"), "object": other}, post)
    assert (page.card.title, page.key) == ("a", key_of(post))


def test_then_the_views_object(rf):
    post = Post.objects.create(slug="a", title="a")
    assert page_for({"request": asked(rf, "/about/"), "object": post}).key == key_of(post)


def test_then_the_views_meta(rf):
    class Meta:
        title, description = "Meta's title", "Meta &amp; more"

    page = page_for({"request": asked(rf, "/about/"), "meta": Meta()})
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
