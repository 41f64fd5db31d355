"""The text index in the database, as pages come, change and go."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from smo_kit.best.index import cards as indexing
from smo_kit.best.index.rebuilding import texts_weighed
from smo_kit.best.index.tasks import AT_ONCE, has_grown, index_cards
from smo_kit.best.models import Frequency, Neighbour, Posting, Rebuild, Tagged, Text
from smo_kit.best.similarity import RelatedIndex
from smo_kit.best.texts.documents import Document
from smo_kit.core.models import CardRow
from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import renew, sync
from tests.apps.best.corpus import articles, beside, posts, row_of, whole_index
from tests.blog.models import Post, Story, Tag, Telling

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def save(commit):
    def save(post: Post, **values: object) -> Post:
        for name, value in values.items():
            setattr(post, name, value)
        with commit():
            post.save()
        return post

    return save


@pytest.fixture
def bread(save):
    """Three pages: two are alike."""
    texts = {
        "Bread at home": "Flour, water and yeast. Knead the dough, let the dough rise, bake the loaf in a hot oven.",
        "Rye loaf": "The loaf of rye flour needs sour dough and a hot oven. Knead it, bake it, let it rest.",
        "A telescope": "Lenses and mirrors gather the light of stars. Saturn's rings are seen in a telescope.",
    }
    return [save(Post(slug=f"p{n}", title=title, body=body)) for n, (title, body) in enumerate(texts.items())]


def written(queries):
    return [one["sql"] for one in queries if one["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_three_pages_are_enough(bread):
    assert beside(bread[0]) == ["Rye loaf"]
    assert beside(bread[1]) == ["Bread at home"]
    assert beside(bread[2]) == []
    assert not Text.objects.waiting().exists()
    assert not Text.objects.to_rank().exists()


def test_what_stands_beside_has_a_place(bread):
    assert Neighbour.objects.get(card=row_of(bread[0]), other=row_of(bread[1])).place == 0


def test_a_text_keeps_its_words_as_they_are_read(bread):
    assert "telescope" in [word.lower() for word in Text.objects.get(card=row_of(bread[2])).words]


def test_an_unchanged_page_writes_nothing_to_the_index(bread):
    registration = registration_of(Post)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        renew(registration, bread)
    assert [sql for sql in written(queries) if "smo_best" in sql] == []
    assert len([one for one in queries if "smo_best_text" in one["sql"]]) == 1


def test_a_page_that_changes_moves_in_the_lists_of_others(bread, save):
    save(bread[0], title="Star light", body="A telescope gathers the light of stars by its mirrors; see Saturn.")
    assert beside(bread[1]) == []
    assert beside(bread[2]) == ["Star light"]
    assert beside(bread[0]) == ["A telescope"]


def test_a_withdrawn_page_is_gone_from_everywhere(bread, save):
    gone = row_of(bread[1]).pk
    save(bread[1], is_public=False)
    assert beside(bread[0]) == []
    for model in (Text, Posting, Tagged):
        assert not model.objects.filter(card=gone).exists()
    assert not Neighbour.objects.filter(card=gone).exists()
    assert not Neighbour.objects.filter(other=gone).exists()
    assert Frequency.objects.get(language="en", term=Frequency.EVERY).n == 2


def test_a_deleted_page_leaves_no_trace_in_the_counts(bread, save, commit):
    before = whole_index()
    Rebuild.objects.update(weighed=4)  # so that nothing is weighed anew
    extra = save(next(posts(1)))
    with commit():
        extra.delete()
    assert whole_index()["frequencies"] == before["frequencies"]
    assert whole_index()["texts"] == before["texts"]


def test_pages_that_had_a_deleted_one_beside_them_wait_to_be_put_in_order(bread):
    row_of(bread[1]).delete()
    assert row_of(bread[0]).pk in Text.objects.to_rank().values_list("pk", flat=True)


def test_a_page_of_a_kind_that_is_left_out_has_no_text(bread, settings, save):
    settings.SMO_KIT = {"BEST": {"leave_out": ["article"]}}
    save(bread[0], lead="More of bread.")
    assert not Text.objects.filter(card=row_of(bread[0])).exists()
    assert beside(bread[1]) == []


def test_languages_are_apart(commit):
    with commit():
        for number in range(2):
            story = Story.objects.create()
            for language in ("en", "ru"):
                Telling.objects.create(story=story, language=language, slug=f"s{number}", title="Windmills of Kizhi")
    pairs = Neighbour.objects.filter(similarity__gt=0).values_list("card__language", "other__language")
    assert sorted(pairs) == [("en", "en"), ("en", "en"), ("ru", "ru"), ("ru", "ru")]


def test_the_same_text_twice_is_a_neighbour_of_itself(save):
    one = save(Post(slug="a", title="Windmills", body="Wind turns the sails."))
    save(Post(slug="b", title="Windmills", body="Wind turns the sails."))
    assert Neighbour.objects.get(card=row_of(one)).similarity >= 9_990


@pytest.mark.parametrize(
    "body",
    ["", "word", "\x01\x02 \ufffd" * 500, "0" * 100_000, "<p>" * 50_000, "<b>wind</b> mill " * 300_000],
    ids=["empty", "one-word", "binary", "digits", "tags", "giant"],
)
def test_an_odd_text_is_taken(bread, save, body):
    odd = save(Post(slug="odd", title="", body=body))
    text = Text.objects.get(card=row_of(odd))
    assert text.due is None
    assert len(bytes(text.bag)) < 3_000


def test_a_page_without_a_text_is_known_by_its_summary(bread, save):
    short = save(Post(slug="short", title="Oven", lead="Knead the dough of flour and bake the loaf in a hot oven."))
    assert set(beside(short)) == {"Bread at home", "Rye loaf"}


def test_markup_is_no_text(save):
    save(Post(slug="a", title="One", body='<div class="windmill sails">Bread</div>'))
    other = save(Post(slug="b", title="Other", body='<div class="windmill sails">Stars</div>'))
    assert beside(other) == []


def test_tags_can_be_asked_for(bread, commit):
    with commit():
        tag = Tag.objects.create()
        tag.posts.add(bread[0])
    row = row_of(bread[0])
    assert list(Tagged.objects.values_list("card", "tag")) == [(row.pk, f"tag {tag.pk}")]
    with commit():
        tag.posts.clear()
    with commit():
        bread[0].save()
    assert not Tagged.objects.exists()


def test_a_card_function_that_raises_lets_others_go_first(bread, monkeypatch, caplog):
    rows = [row_of(post) for post in bread]
    Text.objects.update(due=timezone.now())
    real = indexing.read

    def read(cards):
        readings = real(cards)
        readings.failed.add(rows[0].pk)
        readings.found.pop(rows[0].pk, None)
        return readings

    monkeypatch.setattr(indexing, "read", read)
    assert indexing.index([row.pk for row in rows]) == 2
    assert not Text.objects.waiting().exists()
    assert Text.objects.get(due__isnull=False).pk == rows[0].pk
    assert beside(bread[0]) == ["Rye loaf"]


def test_a_text_that_can_not_be_read_is_logged(bread, monkeypatch, caplog):
    def fails(*args):
        raise RuntimeError("out of ink")

    Text.objects.update(due=timezone.now())
    monkeypatch.setattr("smo_kit.best.index.reading.own_card", fails)
    assert indexing.index([row_of(bread[0]).pk]) == 0
    assert "out of ink" in caplog.text


def test_what_changes_while_it_is_read_stays_due(bread, monkeypatch):
    row = row_of(bread[0])
    Text.objects.filter(pk=row.pk).update(due=timezone.now())
    real = indexing.read
    later = []

    def read(cards):
        readings = real(cards)
        later.append(timezone.now())
        Text.objects.filter(pk=row.pk).update(due=later[0])
        return readings

    monkeypatch.setattr(indexing, "read", read)
    indexing.index([row.pk])
    assert Text.objects.get(pk=row.pk).due == later[0]


def test_what_is_deleted_while_it_is_read_does_not_come_back(bread, monkeypatch):
    row = row_of(bread[0])
    pk = row.pk
    Text.objects.filter(pk=pk).update(due=timezone.now())
    real = indexing.read

    def read(cards):
        readings = real(cards)
        row.delete()
        return readings

    monkeypatch.setattr(indexing, "read", read)
    indexing.index([pk])
    assert not Posting.objects.filter(card=pk).exists()
    assert not Neighbour.objects.filter(other=pk).exists()


def test_a_page_that_is_public_no_longer_is_forgotten_when_it_is_read(bread):
    Post.objects.filter(pk=bread[0].pk).update(is_public=False)
    pk = row_of(bread[0]).pk
    Text.objects.filter(pk=pk).update(due=timezone.now())
    index_cards.call([pk])
    assert not Text.objects.filter(pk=pk).exists()
    assert beside(bread[1]) == []


def test_doing_it_twice_changes_nothing(bread):
    before = whole_index()
    Text.objects.update(due=timezone.now())
    index_cards.call(list(Text.objects.values_list("pk", flat=True)))
    assert whole_index() == before


def test_a_list_is_never_longer_than_it_may_be(save, monkeypatch):
    monkeypatch.setattr("smo_kit.best.index.neighbours.KEPT_CANDIDATES", 3)
    for post in posts(12):
        save(Post(slug=post.slug, title="Windmills", body=f"Wind turns the sails of {post.title}."))
    counts = [Neighbour.objects.filter(card=row, similarity__gt=0).count() for row in CardRow.objects.all()]
    assert counts == [3] * 12


def test_one_that_has_lost_many_neighbours_looks_for_new_ones(bread, save, monkeypatch):
    third = save(Post(slug="third", title="Buns", body="Knead the dough of flour, bake the buns in an oven."))
    monkeypatch.setattr("smo_kit.best.index.neighbours.REFILLED_AT", 1)
    row_of(third).delete()
    assert set(Text.objects.waiting()) == {row_of(bread[0]).smo_text, row_of(bread[1]).smo_text}


def test_many_that_change_together_wait_for_the_end_of_the_sync(commit):
    Post.objects.bulk_create(posts(AT_ONCE + 1, length=40))
    with commit() as callbacks:
        for _ in sync():
            pass
    assert not [one for one in callbacks if "enqueue" in one.__qualname__]
    assert Text.objects.waiting().count() == AT_ONCE + 1
    call_command("smo_sync", json=True)
    assert not Text.objects.filter(due__isnull=False).exists()
    assert Neighbour.objects.exists()


slow_elsewhere = pytest.mark.skipif(connection.vendor != "sqlite", reason="what is compared here no database does")


def agreement():
    """Return the share of pages that have the same five beside them as in an index in memory of the same texts.

    Places don't count: they depend on more than words.
    """
    known = list(Post.objects.order_by("pk"))
    memory = RelatedIndex.build([Document(post.pk, post.title, post.body, (), "en") for post in known])
    pk_of = dict(CardRow.objects.values_list("pk", "object_pk"))
    same = 0
    for post in known:
        rows = Neighbour.objects.filter(card=row_of(post)).order_by("-similarity", "other")[:5]
        ours = {int(pk_of[other]) for other in rows.values_list("other", flat=True)}
        same += ours == {id for id, _ in memory.related(post.pk, 5)}
    return same / len(known)


@slow_elsewhere
@pytest.mark.parametrize("texts", [articles, lambda many: list(posts(many))], ids=["of six about a thing", "alike"])
def test_a_rebuild_agrees_with_the_index_in_memory(texts):
    Post.objects.bulk_create(texts(180))
    call_command("smo_sync", json=True)
    call_command("smo_related_rebuild", json=True)
    assert agreement() >= 0.99


@slow_elsewhere
def test_single_saves_agree_with_the_index_in_memory(save):
    """As many saves as there may be before all is weighed anew: of each page the words are as rare as they were."""
    written = articles(180)
    Post.objects.bulk_create(written[:160])
    call_command("smo_sync", json=True)
    call_command("smo_related_rebuild", json=True)
    for post in written[160:]:
        save(post)
    assert texts_weighed() == 160
    assert not has_grown()
    assert agreement() >= 0.9
