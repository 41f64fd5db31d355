"""A page that stands beside half of a large site: no question names more things than a database takes."""

from __future__ import annotations

import sqlite3

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from smo_kit.best.bulk import ASKED, insert
from smo_kit.best.index.cards import forget
from smo_kit.best.models import Neighbour, Pick, Text
from smo_kit.best.order import attraction, together
from smo_kit.best.order.candidates import cards_of
from smo_kit.best.order.likeness import Vectors
from smo_kit.best.order.picks import renew_offered
from smo_kit.core.models import CardRow
from tests.apps.best.shelf import a_card, read, shown, terms
from tests.blog.models import Post

MANY = 2_300
TAKEN = 2_200

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_stock_database():
    """Let SQLite take few values, so that few rows are many."""
    if connection.vendor != "sqlite":
        yield
        return
    before = connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, TAKEN)
    yield
    connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, before)


@pytest.fixture
def popular():
    """Return a page that stands beside many others."""
    kind = ContentType.objects.get_for_model(Post).pk
    names = ("content_type", "object_pk", "source_type", "source_pk", "language", "url", "title", "tags", "free")
    others = ((kind, str(n), kind, str(n), "en", f"/{n}/", f"Page {n}", "[]", True) for n in range(MANY))
    insert(CardRow, (*names, "summary", "image_alt"), ((*one, "", "") for one in others))
    pks = list(CardRow.objects.values_list("pk", flat=True))
    insert(Text, ("card", "language", "digest", "words"), ((pk, "en", "", "[]") for pk in pks))
    page = a_card("popular")
    insert(
        Neighbour, ("card", "other", "similarity", "place", "reason"), ((pk, page.pk, 5000, 1, "text") for pk in pks)
    )
    return page


def test_it_can_be_taken_from_beside_them(popular):
    forget([popular.pk])
    assert not Neighbour.objects.exists()
    assert Text.objects.filter(unranked__isnull=False).count() == MANY


def test_an_editor_may_want_it_offered_nowhere(popular):
    Pick.objects.create(content_type=popular.content_type, object_pk=popular.object_pk, verb="never")
    assert list(Text.objects.filter(offered=False)) == [popular.smo_text]
    assert Text.objects.filter(unranked__isnull=False).count() == MANY


def test_editors_may_want_many_offered_nowhere(popular):
    kind = popular.content_type
    rows = [Pick(content_type=kind, object_pk=str(number), verb="never") for number in range(MANY)]
    Pick.objects.bulk_create(rows, batch_size=100)
    assert renew_offered() == MANY
    assert list(Text.objects.filter(offered=True)) == [popular.smo_text]


def subject_of(card):
    return card.content_type_id, card.object_pk


@pytest.fixture
def ends():
    """Return the first and the last of many pages: the others are gone."""
    both = a_card("0"), a_card(str(MANY - 1))
    for card in both:
        shown(None, card, 0, 10, 3)
        terms(card, 1, 2)
    read(*both, 4)
    return both


@pytest.fixture
def subjects(ends):
    return [(ends[0].content_type_id, str(number)) for number in range(MANY)]


@pytest.mark.parametrize(
    "ask",
    [
        lambda subjects: attraction.of_pages(subjects, {}),
        lambda subjects: [page.subject for page in cards_of(subjects, ["en"])],
        together._readings,
    ],
    ids=["clicks", "pages", "readings"],
)
def test_what_is_known_of_many_pages_is_asked_for_in_parts(ask, ends, subjects):
    assert set(ask(subjects)) == set(map(subject_of, ends))


def test_the_terms_of_many_pages_are_asked_for_in_parts(ends):
    vectors, (first, last) = Vectors(), (card.pk for card in ends)
    others = range(last + 1, last + MANY)
    vectors.read([first, *others, last])
    assert vectors.likeness([first, last]).to(first, [last]) == pytest.approx([1])


def test_the_parts_are_below_what_is_taken():
    assert ASKED < TAKEN < MANY
