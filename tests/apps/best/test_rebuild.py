"""The rebuild of the whole index."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from smo_kit.best.index import phases, reading, rebuilding, waiting
from smo_kit.best.index.rebuilding import Busy, rebuild
from smo_kit.best.index.tasks import index_cards
from smo_kit.best.models import Frequency, Neighbour, Posting, Rebuild, Tagged, Text
from smo_kit.core.models import CardRow
from smo_kit.core.rows import sync
from tests.apps.best.corpus import posts, whole_index
from tests.blog.models import Post, Tag

pytestmark = pytest.mark.django_db

PAGES = 60


@pytest.fixture
def small_chunks(monkeypatch):
    for name, size in {"READ_TOGETHER": 16, "FOUND": 16, "RANKED": 16}.items():
        monkeypatch.setattr(phases, name, size)
    monkeypatch.setattr("smo_kit.best.index.counting.TEXTS", 16)
    monkeypatch.setattr("smo_kit.best.index.counting.WRITTEN", 400)
    monkeypatch.setattr("smo_kit.best.index.counting.bags_after.__defaults__", (16,))


@pytest.fixture
def site(small_chunks):
    Post.objects.bulk_create(posts(PAGES))
    Tag.objects.create().posts.add(*Post.objects.all()[:3])
    for _ in sync():
        pass


def run(**options):
    out = io.StringIO()
    call_command("smo_related_rebuild", stdout=out, **options)
    return out.getvalue()


def chunks():
    return sum(1 for _ in rebuild())


def kill_after(steps):
    """Leave a rebuild as SIGKILL would: nothing is tidied."""
    going = rebuild()
    leave, rebuilding._Run.leave = rebuilding._Run.leave, lambda self: None
    try:
        for _ in range(steps):
            next(going)
        going.close()
    finally:
        rebuilding._Run.leave = leave


def test_a_rebuild_reads_counts_weighs_finds_and_ranks(site):
    figures = json.loads(run(json=True))
    assert figures.pop("seconds") >= 0
    neighbours = figures.pop("neighbours")
    assert neighbours == Neighbour.objects.count() > PAGES
    assert figures == {"texts": PAGES, "waiting": 0, "failed": 0, "resumed": False}
    assert Frequency.objects.get(language="en", term=Frequency.EVERY).n == PAGES
    assert Rebuild.objects.get().weighed == PAGES
    assert Tagged.objects.count() == 3
    assert not Text.objects.to_rank().exists()
    assert Text.objects.filter(words=[]).count() == 0


def test_it_says_in_a_sentence_what_it_did(site):
    assert run().startswith(f"{PAGES} texts, ")


def test_a_second_one_changes_nothing(site):
    run()
    before = whole_index()
    run()
    assert whole_index() == before


def test_one_by_one_gives_the_same_counts_as_a_rebuild(site):
    texts = list(CardRow.objects.values_list("pk", flat=True))
    index_cards.call(texts)
    single = whole_index()
    run()
    assert whole_index()["frequencies"] == single["frequencies"]
    assert whole_index()["bags"] == single["bags"]
    assert whole_index()["tags"] == single["tags"]


@pytest.mark.parametrize("part", [0.05, 0.2, 0.4, 0.55, 0.7, 0.85, 0.97])
def test_one_that_was_killed_is_gone_on_with(site, part, monkeypatch):
    steps = chunks()
    wanted = whole_index()
    for model in (Posting, Neighbour, Frequency, Tagged, Rebuild):
        model.objects.all().delete()
    Text.objects.update(due=timezone.now(), digest="", bag=b"", words=[])
    kill_after(max(1, int(steps * part)))
    with pytest.raises(CommandError, match="under way"):
        run()
    monkeypatch.setattr(rebuilding, "DEAD", dt.timedelta(0))
    assert json.loads(run(json=True))["resumed"] is True
    assert whole_index() == wanted


def test_what_was_done_is_not_done_again(site, monkeypatch):
    kill_after(3)
    done = Rebuild.objects.get().done
    monkeypatch.setattr(rebuilding, "DEAD", dt.timedelta(0))
    assert next(rebuild()).done == done > 0


def test_one_that_was_interrupted_is_gone_on_with_at_once(site):
    going = rebuild()
    for _ in range(3):
        next(going)
    going.close()
    assert json.loads(run(json=True))["resumed"] is True


def test_a_fresh_one_begins_anew(site):
    going = rebuild()
    for _ in range(3):
        next(going)
    going.close()
    assert json.loads(run(json=True, fresh=True))["resumed"] is False


def test_of_two_at_once_the_second_ends(site):
    going = rebuild()
    next(going)
    with pytest.raises(CommandError, match="under way"):
        run()
    assert [one.phase for one in going][-1] == "late"


def test_one_that_was_taken_over_ends(site, monkeypatch):
    slow = rebuild()
    next(slow)
    monkeypatch.setattr(rebuilding, "DEAD", dt.timedelta(0))
    run()
    with pytest.raises(Busy, match="taken"):
        next(slow)
    assert Rebuild.objects.get().finished


def test_a_page_that_changes_meanwhile_is_read_at_the_end(site):
    going = rebuild()
    next(one for one in going if one.phase == "weigh")
    changed = Post.objects.order_by("pk").first()
    changed.title, changed.body = "Windmills", "Sails in the wind."
    changed.save()
    for _ in sync():
        pass
    row = CardRow.objects.get(object_pk=str(changed.pk), content_type__model="post")
    index_cards.call([row.pk])
    assert Text.objects.get(pk=row.pk).due
    for _ in going:
        pass
    text = Text.objects.get(pk=row.pk)
    assert text.due is None
    assert "Windmills" in text.words


def test_readers_are_served_from_the_old_rows_meanwhile(site):
    run()
    before = set(Neighbour.objects.values_list("card", "other", "place"))
    assert before
    meanwhile = [
        set(Neighbour.objects.values_list("card", "other", "place")) for one in rebuild() if one.phase != "rank"
    ]
    assert meanwhile
    assert [one for one in meanwhile if one != before] == []


def test_what_is_gone_is_forgotten(site):
    run()
    gone = CardRow.objects.first().pk
    CardRow.objects.filter(pk=gone)._raw_delete("default")
    run()
    assert not Text.objects.filter(pk=gone).exists()
    assert not Neighbour.objects.filter(other=gone).exists()


def test_a_kind_that_is_left_out_now_is_forgotten(site, settings):
    run()
    settings.SMO_KIT = {"BEST": {"leave_out": ["article"]}}
    run()
    assert not Text.objects.exists()
    assert not Frequency.objects.filter(n__gt=0).exists()


def test_a_page_that_fails_is_counted_and_the_others_are_read(site, monkeypatch, caplog):
    real = reading.own_card

    def own_card(registration, obj, language):
        if obj.slug == "post-7":
            raise RuntimeError("out of ink")
        return real(registration, obj, language)

    monkeypatch.setattr(reading, "own_card", own_card)
    assert "could not be read" in run()
    assert [text.card.object_pk for text in Text.objects.filter(bag=b"")] == [str(Post.objects.get(slug="post-7").pk)]
    assert "out of ink" in caplog.text


def test_a_sync_with_many_new_pages_makes_the_index_anew(site, monkeypatch):
    monkeypatch.setattr(waiting, "MANY", 50)
    call_command("smo_sync", json=True)
    assert Rebuild.objects.get().start == "read"
    assert not Text.objects.filter(due__isnull=False).exists()


def test_a_sync_of_a_site_that_has_grown_weighs_all_anew(site):
    call_command("smo_sync", json=True)
    Rebuild.objects.update(weighed=PAGES // 2)
    call_command("smo_sync", json=True)
    assert Rebuild.objects.get().start == "weigh"
    assert Rebuild.objects.get().weighed == PAGES


def test_a_sync_goes_on_with_one_that_was_interrupted(site):
    going = rebuild()
    for _ in range(3):
        next(going)
    going.close()
    began = Rebuild.objects.get().began
    waiting.read_waiting()
    assert Rebuild.objects.get().finished
    assert Rebuild.objects.get().began == began


def test_an_empty_site_is_no_fault(db):
    assert json.loads(run(json=True))["texts"] == 0
