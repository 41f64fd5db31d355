"""Words of an editor's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smo_kit.core.cards import Card, card_for, cards_for, refined
from smo_kit.core.models import CardRow, Place
from smo_kit.core.subjects import key_of
from smo_kit.meta.models import Override
from smo_kit.meta.overrides import card_in_own_words, clear_words, save_words, with_overrides
from tests.apps.meta.conftest import content, picture
from tests.blog.models import Notice, Post, Story, Telling

pytestmark = pytest.mark.django_db


def say(thing, language="en", **words):
    empty = {"title": "", "description": "", "image": "", "image_alt": ""}
    return save_words(key_of(thing, language), **{**empty, **words})


@pytest.fixture
def saved(django_capture_on_commit_callbacks):
    def save(*args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return say(*args, **kwargs)

    return save


@pytest.fixture
def cleared(django_capture_on_commit_callbacks):
    def clear(thing, language="en"):
        with django_capture_on_commit_callbacks(execute=True):
            clear_words(key_of(thing, language))

    return clear


def test_they_are_shown_at_once_and_in_lists(head, post, synced, saved):
    synced()
    head("/posts/first/")  # the card is in the cache now
    saved(post, title="Better", description="Said better.")
    soup = head("/posts/first/")
    assert content(soup, "og:title") == "Better"
    assert content(soup, "og:description") == "Said better."
    row = CardRow.objects.get()
    assert (row.title, row.summary) == ("Better", "Said better.")


def test_what_is_empty_leaves_the_object_s_own(head, post, saved):
    saved(post, title="Better")
    assert content(head("/posts/first/"), "og:description") == "What it is about."


def test_clearing_goes_back_to_the_object_s_own(head, post, synced, saved, cleared):
    synced()
    saved(post, title="Better")
    head("/posts/first/")
    cleared(post)
    assert content(head("/posts/first/"), "og:title") == "A first post"
    assert CardRow.objects.get().title == "A first post"
    assert not Override.objects.exists()


def test_a_picture_of_the_editor_s_is_shown(head, post, saved):
    saved(post, image=picture(1000, 500), image_alt="A lake")
    soup = head("/posts/first/")
    assert "/media/smo/pictures/" in content(soup, "og:image")
    assert content(soup, "og:image:width") == "1000"
    assert content(soup, "og:image:alt") == "A lake"


def test_a_new_title_makes_a_new_card_image(head, post, saved):
    before = content(head("/posts/first/"), "og:image")
    saved(post, title="Better")
    assert content(head("/posts/first/"), "og:image") != before


def test_they_are_for_one_language(saved):
    notice = Notice.objects.create(title_en="Notice", title_ru="Объявление")
    saved(notice, "ru", title="Лучше")
    assert card_for(notice, language="ru").title == "Лучше"
    assert card_for(notice, language="en").title == "Notice"


def test_they_hang_on_the_subject_and_survive_a_new_row_of_its_words(head, synced, saved):
    story = Story.objects.create()
    old = Telling.objects.create(story=story, language="ru", slug="old", title="Старое")
    synced()
    saved(old, "ru", title="Лучше")
    assert CardRow.objects.get().title == "Лучше"
    old.delete()
    Telling.objects.create(story=story, language="ru", slug="new", title="Новое")
    assert content(head("/stories/new/"), "og:title") == "Лучше"


def test_a_page_without_an_object_can_have_them(head, saved):
    head("/about/")
    saved(Place.objects.get(path="/about/"), title="About us")
    soup = head("/about/")
    assert soup.title.text == "About us — Test site"
    assert content(soup, "og:type") == "website"


def test_they_go_with_their_object(post, saved):
    saved(post, title="Better")
    post.delete()
    assert not Override.objects.exists()


def test_they_go_with_a_subject_that_has_no_card_itself(synced, saved):
    telling = Telling.objects.create(story=Story.objects.create(), language="ru", slug="a", title="А")
    synced()
    saved(telling, "ru", title="Лучше")
    telling.story.delete()
    assert not Override.objects.exists()


def test_many_cards_are_refined_by_one_query(saved):
    posts = [Post.objects.create(slug=f"p{number}", title=f"Post {number}") for number in range(5)]
    saved(posts[1], title="Better")
    pairs = [(key_of(post, "en"), card_for(post)) for post in posts]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        titles = [card.title for card in with_overrides([*pairs, (None, Card(url="/", title="Nobody's"))])]
    assert titles == ["Post 0", "Better", "Post 2", "Post 3", "Post 4", "Nobody's"]
    assert len(queries) == 1


def test_a_card_of_nobody_asks_for_none(django_assert_num_queries):
    with django_assert_num_queries(0):
        with_overrides([(None, Card(url="/", title="Nobody's"))])


def test_lists_show_them_too(post, synced, saved):
    synced()
    saved(post, title="Better")
    assert [card.title for card in cards_for([post])] == ["Better"]


def test_hostile_words_stay_words(head, post, saved):
    saved(post, title="</title><script>alert(1)</script>", description="</script><b>x")
    soup = head("/posts/first/")
    assert content(soup, "og:title") == "</title><script>alert(1)</script>"
    assert content(soup, "og:description") == "x"
    assert len(soup.find_all("script")) == 1


def test_the_object_s_own_words_are_known_beside_them(post, synced, saved):
    synced()
    saved(post, title="Better")
    assert card_in_own_words(CardRow.objects.get()).title == "A first post"


def test_own_words_of_what_is_gone_are_none(post, synced):
    synced()
    row = CardRow.objects.get()
    Post.objects.filter(pk=post.pk).update(is_public=False)
    assert card_in_own_words(row) is None


def test_saving_twice_keeps_one_row(post):
    say(post, title="One")
    say(post, title="Two")
    assert [one.title for one in Override.objects.all()] == ["Two"]


def test_refining_keeps_the_order_of_cards():
    cards = [(None, Card(url=f"/{n}/", title=str(n), language="en")) for n in range(3)]
    assert [card.title for card in refined(cards)] == ["0", "1", "2"]


def test_they_hold_for_a_page_whose_view_makes_the_card(head, saved, cleared, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert content(head("/card/"), "og:title") == "A card of the view's own"
    place = Place.objects.get(path="/card/")
    assert CardRow.objects.get(language="en").title == "A card of the view's own"
    saved(place, title="Better words")
    assert content(head("/card/"), "og:title") == "Better words"
    cleared(place)
    assert content(head("/card/"), "og:title") == "A card of the view's own"


def test_a_template_that_an_editor_chose_draws_the_title_on_the_page_s_own_picture(head, saved):
    post = Post.objects.create(slug="first", title="A", cover=picture())
    assert "/media/" in content(head("/posts/first/"), "og:image")
    saved(post, template="photo")
    assert "/smo/card/" in content(head("/posts/first/"), "og:image")


def test_what_must_stay_of_a_picture_changes_it_and_its_cuts(saved):
    post = Post.objects.create(slug="first", title="A", cover=picture())
    before = card_for(post, language="en")
    saved(post, focus="top-left")
    after = card_for(post, language="en")
    assert after.focus == (1 / 6, 1 / 6)
    assert after.image.url != before.image.url
    assert after.cuts["square"].url != before.cuts["square"].url


def test_a_place_that_is_not_known_is_left_to_be_found(post, saved):
    saved(post, focus="nowhere")
    assert card_for(post, language="en").focus is None
