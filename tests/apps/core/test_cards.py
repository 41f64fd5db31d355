"""The Card and where it comes from."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Permission, User
from django.utils.translation import override

from smo_kit.core import cards
from smo_kit.core.cards import Card, NotRegistered, Picture, card_for, cards_for, refined
from smo_kit.core.cards import _refiners as refiners
from smo_kit.core.registrations import registration_of
from smo_kit.core.subjects import key_of
from smo_kit.core.text import graphemes
from tests.blog.models import Described, Notice, Post, Story, Telling, Unknown

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return Post.objects.create(slug="first", title="First", lead="A lead.")


@pytest.fixture
def story():
    story = Story.objects.create()
    for language, title in (("en", "Tale"), ("ru", "Сказка")):
        Telling.objects.create(story=story, language=language, slug=f"tale-{language}", title=title)
    return story


def test_a_registered_model_has_the_card_that_its_site_wrote(post):
    card = card_for(post)
    assert (card.url, card.title, card.summary) == ("/posts/first/", "First", "A lead.")


def test_the_card_speaks_the_active_language(post):
    with override("ru"):
        assert card_for(post).language == "ru"
    assert card_for(post, language="en").language == "en"


def test_a_row_per_language_keeps_its_own_language(story):
    telling = story.tellings.get(language="ru")
    card = card_for(telling)
    assert (card.language, card.title) == ("ru", "Сказка")
    assert card.alternates == {"en": "/en/stories/tale-en/", "ru": "/ru/stories/tale-ru/"}


def test_fields_per_language_are_read_in_the_language_asked_for():
    notice = Notice.objects.create(title_en="News", title_ru="Новость")
    assert card_for(notice, language="ru").title == "Новость"
    assert card_for(notice, language="en").title == "News"


def test_a_model_of_django_meta_has_a_card_without_a_line_of_code():
    card = card_for(Described.objects.create(title="T & <b>", abstract="<p>Abstract &amp; more</p>"))
    assert (card.title, card.summary, card.kind) == ("T &", "Abstract & more", "article")
    assert card.url.startswith("/described/")


def test_an_unknown_model_is_an_error_that_names_the_cure():
    with pytest.raises(NotRegistered, match=r"Write @register\(Unknown\) in tests/blog/smo.py"):
        card_for(Unknown.objects.create(title="x"))


def test_what_is_not_public_has_no_card_for_strangers(post, rf):
    Post.objects.update(is_public=False)
    assert card_for(post) is None
    request = rf.get("/")
    request.user = User.objects.create_user("reader")
    assert card_for(post, request=request) is None


def test_who_may_change_a_draft_gets_its_card_and_nobody_after_him(post, rf):
    Post.objects.update(is_public=False)
    request = rf.get("/")
    request.user = User.objects.create_user("editor")
    request.user.user_permissions.add(Permission.objects.get(codename="change_post"))
    assert card_for(post, request=request).title == "First"
    assert card_for(post) is None


def test_the_second_reader_costs_no_query(post, django_assert_num_queries):
    card_for(post)
    with django_assert_num_queries(0):
        assert card_for(post).title == "First"


def test_a_saved_object_has_its_new_card_at_once(post, django_capture_on_commit_callbacks):
    card_for(post)
    post.title = "Second"
    with django_capture_on_commit_callbacks(execute=True):
        post.save()
    assert card_for(post).title == "Second"


def test_the_owner_is_known_and_is_not_kept_in_the_cache(post, django_assert_num_queries):
    post.author = User.objects.create_user("anna", first_name="Anna")
    post.save()
    assert card_for(post).owner == post.author
    with django_assert_num_queries(0):
        again = card_for(post)
    assert again.owner == post.author
    assert again.author == "Anna"


def test_cards_of_many_objects_cost_one_query(django_capture_on_commit_callbacks, django_assert_num_queries):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            Post.objects.create(slug=f"p{number}", title=f"Post {number}")
    posts = list(Post.objects.order_by("pk"))
    cards_for(posts)
    with django_assert_num_queries(1):
        assert [card.title for card in cards_for(posts)] == [f"Post {number}" for number in range(5)]


def test_cards_of_drafts_are_none_in_their_places(post, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = Post.objects.create(slug="draft", title="Draft", is_public=False)
    assert [card and card.title for card in cards_for([post, draft])] == ["First", None]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<script>", "//evil.example/"])
def test_a_dangerous_address_is_dropped_and_logged(url, caplog):
    card = Card(url=url, title="x", image=url, author_url=url, video=url, alternates={"en": url})
    assert (card.url, card.image, card.author_url, card.video, card.alternates) == ("", "", "", "", {})
    assert "is no web address" in caplog.text


def test_fields_are_cleaned_and_cut():
    card = Card(
        url="/x/", title="a\x00b\n " + "word " * 100, summary="<b>bold</b> " + "x" * 900, tags=["a", "a", "", "b\n"]
    )
    assert card.title.startswith("ab word word")
    assert card.title.endswith("…")
    assert 60 <= len(graphemes(card.title)) <= 150
    assert card.summary.startswith("bold")
    assert card.tags == ("a", "b")


def test_a_title_of_sixty_letters_stays_whole():
    title = "x" * 60
    assert Card(url="/", title=title).title == title


def test_a_tower_of_accents_fits_its_column():
    card = Card(url="/", title="a" + "\u0316\u0317\u0318" * 2000)
    assert len(card.title) <= 1000


def test_none_is_no_text():
    card = Card(url="/", title=None, summary=None, author=None, tags=None, alternates=None, image="")
    assert (card.title, card.summary, card.author, card.tags, card.alternates) == ("", "", "", (), {})


def test_refiners_work_in_order_on_all_cards_at_once(post):
    calls = []

    def second(cards):
        calls.append(("second", [key for key, _ in cards]))
        return [Card(url=card.url, title=card.title + "!") for _, card in cards]

    def first(cards):
        calls.append(("first", len(cards)))
        return [Card(url=card.url, title=card.title.upper()) for _, card in cards]

    kept = list(refiners)
    refiners[:] = [(1, first), (2, second)]
    try:
        cards = refined([(key_of(post, "en"), Card(url="/", title="a")), (None, Card(url="/", title="b"))])
    finally:
        refiners[:] = kept
    assert [card.title for card in cards] == ["A!", "B!"]
    assert calls == [("first", 2), ("second", [key_of(post, "en"), None])]


def test_a_picture_that_was_looked_at_says_its_address():
    assert Card(url="/", title="", image=Picture("/a.jpg", 10, 20)).image_url == "/a.jpg"
    assert Card(url="/", title="", image="/b.jpg").image_url == "/b.jpg"
    assert Card(url="/", title="").image_url == ""


def test_a_card_of_nobody_speaks_the_active_language():
    with override("ru"):
        assert card_for(Card(url="/", title="x", published=dt.datetime.now(dt.UTC))).language == "ru"


def test_unsaved_words_are_for_nobody_else(post):
    post.title = "Not saved"
    assert card_for(post).title == "First"


def test_cards_of_objects_without_rows_cost_one_query_for_each_model(django_assert_max_num_queries):
    posts = Post.objects.bulk_create([Post(slug=f"p{number}", title=f"Post {number}") for number in range(20)])
    cards_for(posts)
    with django_assert_max_num_queries(24):  # a card function of ours asks for the tags of each post
        assert [card.title for card in cards_for(posts)] == [f"Post {number}" for number in range(20)]


@pytest.mark.parametrize(("given", "moment"), [(dt.date(2026, 1, 2), "2026-01-02T00:00:00+00:00"), ("soon", None)])
def test_dates_become_moments(given, moment):
    card = Card(url="/", title="", published=given)
    assert (card.published and card.published.isoformat()) == moment


def test_odd_kinds_and_tags_are_tidied():
    card = Card(url="/" + "x" * 3000, title="", kind=None, tags="tea, water")
    assert (card.url, card.kind, card.tags) == ("", "article", ("tea", "water"))


def test_the_nearest_language_is_chosen(settings):
    settings.LANGUAGE_CODE = "en-us"
    registration = registration_of(Post)
    assert registration.nearest_language(None, "en") == "en-us"
    assert registration.nearest_language(None, "ru") == "en-us"


def test_another_site_of_the_same_cache_has_its_own_card(post, settings):
    card_for(post)
    Post.objects.update(title="Changed")
    settings.SITE_ID = 2
    assert card_for(post).title == "Changed"


def test_a_summary_is_looked_for_at_the_beginning_of_a_giant_text(monkeypatch):
    read = []
    monkeypatch.setattr(cards, "plain", lambda html: read.append(len(html)) or "Bread")
    assert Card(title="A", url="/a/", summary="<p>" * 1_000_000).summary == "Bread"
    assert read == [cards.SUMMARY_READ]
