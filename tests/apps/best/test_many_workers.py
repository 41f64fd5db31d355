"""Several workers at one index: PostgreSQL and MariaDB take them side by side, SQLite one after the other."""

from __future__ import annotations

import pytest
from django.utils import timezone

from smo_kit.best.index.neighbours import KEPT_CANDIDATES
from smo_kit.best.index.tasks import index_cards
from smo_kit.best.models import Frequency, Neighbour, Posting, Text
from smo_kit.core.models import CardRow
from smo_kit.core.rows import sync
from tests.apps.best.corpus import posts, whole_index
from tests.apps.engagement.threads import side_by_side
from tests.blog.models import Post

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4
PAGES = 24


@pytest.fixture
def cards():
    Post.objects.bulk_create(posts(PAGES, length=60))
    for _ in sync():
        pass
    return list(CardRow.objects.order_by("pk").values_list("pk", flat=True))


@pytest.fixture
def quiet(monkeypatch):
    """The test is of the index: nothing is put in order or weighed anew."""
    monkeypatch.setattr("smo_kit.best.index.cards.rank", lambda cards: None)
    monkeypatch.setattr("smo_kit.best.index.tasks.has_grown", lambda: False)


def is_whole():
    assert not Text.objects.filter(due__isnull=False).exists()
    counted = Frequency.objects.get(language="en", term=Frequency.EVERY).n
    assert counted == Text.objects.exclude(bag=b"").count()
    pairs = list(Neighbour.objects.values_list("card", "other"))
    assert len(pairs) == len(set(pairs))
    known = set(Text.objects.values_list("pk", flat=True))
    assert {card for pair in pairs for card in pair} <= known
    for card in known:
        assert Neighbour.objects.filter(card=card, similarity__gt=0).count() <= KEPT_CANDIDATES


def read_what_is_due():
    """Let pages that have lost neighbours look for new ones, as ``smo_sync`` does."""
    for _ in range(WORKERS):
        index_cards.call(list(Text.objects.waiting().values_list("pk", flat=True)))


def test_different_pages_at_once(cards, quiet):
    side_by_side(lambda worker: index_cards.call(cards[worker::WORKERS]), WORKERS)
    is_whole()
    assert Frequency.objects.get(language="en", term=Frequency.EVERY).n == PAGES


def test_the_same_pages_at_once_are_counted_once(cards, quiet):
    side_by_side(lambda worker: index_cards.call(cards[:6]), WORKERS)
    assert Frequency.objects.get(language="en", term=Frequency.EVERY).n == 6
    single = whole_index()
    Text.objects.filter(pk__in=cards[:6]).update(due=timezone.now())
    side_by_side(lambda worker: index_cards.call(cards[:6]), WORKERS)
    assert whole_index()["frequencies"] == single["frequencies"]


def test_pages_that_go_while_others_come(cards, quiet):
    index_cards.call(cards[:8])

    def work(worker: int) -> None:
        if worker % 2:
            for row in CardRow.objects.filter(pk__in=cards[worker // 2 : 8 : 2]):
                row.delete()
        else:
            index_cards.call(cards[8 + worker * 4 : 16 + worker * 4])

    side_by_side(work, WORKERS)
    read_what_is_due()
    gone = cards[:8]
    assert not Posting.objects.filter(card__in=gone).exists()
    assert not Neighbour.objects.filter(other__in=gone).exists()
    is_whole()
    assert not Frequency.objects.filter(n__lt=0).exists()
