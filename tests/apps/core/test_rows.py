"""CardRow, the snapshot of every card."""

from __future__ import annotations

import io
import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DataError

from smo_kit.core.cards import card_for, cards_for
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import subject_models, sync
from smo_kit.core.subjects import key_of
from tests.blog.models import Content, Described, Essay, Notice, Page, Post, Story, Tag, Telling

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def rows():
    found = CardRow.objects.order_by("content_type__model", "object_pk", "language")
    return list(found.values_list("content_type__model", "language", "title"))


def synced(**options):
    out = io.StringIO()
    call_command("smo_sync", stdout=out, **options)
    return out.getvalue()


def test_a_saved_object_has_its_row(commit):
    user = User.objects.create_user("anna")
    with commit():
        post = Post.objects.create(slug="a", title="A", author=user)
    row = CardRow.objects.get()
    assert (row.title, row.url, row.owner_id, row.source_pk) == ("A", "/posts/a/", user.pk, str(post.pk))


def test_fields_per_language_have_a_row_each(commit):
    with commit():
        Notice.objects.create(title_en="News", title_ru="Новость")
    assert rows() == [("notice", "en", "News"), ("notice", "ru", "Новость")]


def test_translations_are_rows_of_one_subject(commit):
    with commit():
        story = Story.objects.create()
        Telling.objects.create(story=story, language="en", slug="t", title="Tale")
        Telling.objects.create(story=story, language="ru", slug="t", title="Сказка")
    assert rows() == [("story", "en", "Tale"), ("story", "ru", "Сказка")]


def test_a_new_slug_keeps_the_row(commit):
    with commit():
        post = Post.objects.create(slug="old", title="A")
    pk = CardRow.objects.get().pk
    post.slug = "new"
    with commit():
        post.save()
    assert (CardRow.objects.get().pk, CardRow.objects.get().url) == (pk, "/posts/new/")


def test_what_is_withdrawn_loses_its_row(commit):
    with commit():
        post = Post.objects.create(slug="a", title="A")
    post.is_public = False
    with commit():
        post.save()
    assert rows() == []


def test_a_withdrawn_subject_takes_its_translations_along(commit):
    with commit():
        story = Story.objects.create()
        Telling.objects.create(story=story, language="en", slug="t", title="Tale")
    story.is_public = False
    with commit():
        story.save()
    assert rows() == []


def test_a_subject_that_is_public_again_brings_its_translations_back(commit):
    story = Story.objects.create(is_public=False)
    with commit():
        Telling.objects.create(story=story, language="en", slug="t", title="Tale")
        Telling.objects.create(story=Story.objects.create(is_public=False), language="en", slug="u", title="Other")
    assert rows() == []
    story.is_public = True
    with commit():
        story.save()
    assert rows() == [("story", "en", "Tale")]


def test_what_is_deleted_loses_its_row(commit):
    with commit():
        post = Post.objects.create(slug="a", title="A")
    with commit():
        post.delete()
    assert rows() == []


def test_a_new_version_takes_the_row_of_the_old_one_and_a_draft_has_none(commit):
    page = Page.objects.create()
    with commit():
        old = Content.objects.create(page=page, language="en", title="Old", state="published")
        new = Content.objects.create(page=page, language="en", title="New")
    assert rows() == [("page", "en", "Old")]
    pk = CardRow.objects.get().pk
    new.state, old.state = "published", "unpublished"
    with commit():
        new.save()
        old.save()
    assert rows() == [("page", "en", "New")]
    assert CardRow.objects.get().pk == pk


def test_nothing_happens_when_the_transaction_is_rolled_back(commit):
    Post.objects.create(slug="a", title="A")
    assert rows() == []


def test_sync_writes_what_no_signal_told():
    Post.objects.bulk_create([Post(slug=f"p{n}", title=f"P{n}") for n in range(3)])
    Described.objects.create(title="D")
    report = json.loads(synced(json=True))
    assert report.pop("swept").keys() >= {"unconfirmed comments"}
    assert report == {"total": 4, "done": 4, "rows": 4, "dropped": 0, "failed": 0}
    assert len(rows()) == 4


def test_sync_twice_changes_nothing():
    Post.objects.bulk_create([Post(slug="a", title="A")])
    synced()
    before = list(CardRow.objects.values())
    assert "1 snapshots of 1 objects written, 0 dropped." in synced()
    assert list(CardRow.objects.values()) == before


def test_sync_drops_what_is_gone():
    Post.objects.bulk_create([Post(slug="a", title="A"), Post(slug="b", title="B")])
    synced()
    Post.objects.filter(slug="a")._raw_delete("default")
    Post.objects.filter(slug="b").update(is_public=False)
    assert json.loads(synced(json=True))["dropped"] == 2
    assert rows() == []


def test_sync_drops_a_language_that_an_object_has_no_more():
    story = Story.objects.create()
    telling = Telling.objects.create(story=story, language="en", slug="t", title="Tale")
    synced()
    Telling.objects.filter(pk=telling.pk).update(language="ru")
    synced()
    assert rows() == [("story", "ru", "Tale")]


def test_one_broken_card_function_call_spoils_no_other(monkeypatch, caplog):
    Post.objects.bulk_create([Post(slug="a", title="A"), Post(slug="b", title="B")])
    synced()
    monkeypatch.setattr(Post, "get_absolute_url", lambda self: 1 / (self.slug != "a") and "/moved/")
    with pytest.raises(CommandError, match="The cards of 1 objects can't be made"):
        synced()
    assert sorted(CardRow.objects.values_list("url", flat=True)) == ["/moved/", "/posts/a/"]
    assert "its row stays as it was" in caplog.text


def test_a_refiner_that_raises_for_one_card_costs_no_other(monkeypatch, caplog):
    def refiner_that_raises(cards):
        assert "B" not in [card.title for _, card in cards]
        return [card for _, card in cards]

    Post.objects.bulk_create([Post(slug=title.lower(), title=title) for title in "ABC"])
    monkeypatch.setattr("smo_kit.core.cards._refiners", [(1, refiner_that_raises)])
    with pytest.raises(CommandError, match="The cards of 1 objects can't be made"):
        synced()
    assert sorted(CardRow.objects.values_list("title", flat=True)) == ["A", "C"]
    assert "can't be made" in caplog.text


def test_sync_can_be_broken_off_and_taken_up():
    Post.objects.bulk_create([Post(slug=f"p{n}", title=f"P{n}") for n in range(450)])
    work = sync()
    next(work)
    work.close()
    assert CardRow.objects.count() == 200
    synced()
    assert CardRow.objects.count() == 450


def test_a_row_gives_its_card_back(commit):
    with commit():
        post = Post.objects.create(slug="a", title="A", lead="Lead")
    card = CardRow.objects.get().as_card()
    assert (card.url, card.title, card.summary, card.language) == ("/posts/a/", "A", "Lead", "en")
    assert card.title == card_for(post).title


def test_rows_are_found_by_key(commit):
    with commit():
        post = Post.objects.create(slug="a", title="A")
    assert CardRow.objects.get().key == key_of(post, "en")
    assert registration_of(type(post)).public_object(post.pk) == post


def test_a_child_of_a_registered_model_is_the_same_page(commit):
    with commit():
        essay = Essay.objects.create(slug="a", title="A", words=5)
    assert CardRow.objects.get().key == key_of(essay, "en") == key_of(essay.post_ptr, "en")
    assert [card.title for card in cards_for([essay, essay.post_ptr])] == ["A", "A"]
    essay.is_public = False
    with commit():
        essay.save()
    assert rows() == []


def test_tags_renew_the_card_from_either_side(commit):
    with commit():
        post = Post.objects.create(slug="a", title="A")
    tag, other = Tag.objects.create(), Tag.objects.create()
    card_for(post)
    with commit():
        tag.posts.add(post)
    assert CardRow.objects.get().tags == list(card_for(post).tags) == [str(tag)]
    with commit():
        post.tags.set([other])
    assert CardRow.objects.get().tags == list(card_for(post).tags) == [str(other)]


def test_what_is_deleted_within_a_transaction_is_forgotten_by_the_cache_too(commit):
    with commit():
        post = Post.objects.create(slug="a", title="A")
    pk = post.pk
    card_for(post)
    with commit():
        post.delete()
    assert card_for(Post(pk=pk)) is None


def test_a_card_that_the_database_refuses_spoils_no_other(monkeypatch, caplog):
    def write(found):
        if "B" in [row.title for row in found]:
            raise DataError("value too long")
        written.extend(found)

    written: list[CardRow] = []
    Post.objects.bulk_create([Post(slug=title.lower(), title=title) for title in "ABC"])
    monkeypatch.setattr("smo_kit.core.rows._write", write)
    with pytest.raises(CommandError, match="1 objects"):
        synced()
    assert [row.title for row in written] == ["A", "C"]
    assert "The database refuses the snapshot of /posts/b/" in caplog.text


def test_a_process_that_looked_before_the_first_rows_learns_of_subjects(commit, monkeypatch):
    assert subject_models() == frozenset()
    with commit():
        story = Story.objects.create()
        Telling.objects.create(story=story, language="en", slug="t", title="Tale")
    assert subject_models() == {Story}
