"""What editors chose of deleted pages goes; of those that merely are not public now it stays."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType

from smo_kit.best.deleted_pages import forget_choices_of_gone
from smo_kit.best.models import Choice, Curation, Pick
from smo_kit.core.lost import lost
from smo_kit.core.models import CardRow
from smo_kit.core.sweeps import run_sweeps
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return Post.objects.create(slug="draft", title="Draft", is_public=False)


def kind():
    return ContentType.objects.get_for_model(Post)


def chosen(pk, *, beside):
    curation, _ = Curation.objects.get_or_create(content_type=kind(), object_pk=str(beside))
    Choice.objects.create(curation=curation, content_type=kind(), object_pk=str(pk))
    Pick.objects.create(content_type=kind(), object_pk=str(pk))


def left():
    return [sorted(table.objects.values_list("object_pk", flat=True)) for table in (Pick, Choice, Curation)]


def test_a_page_that_is_not_public_keeps_them(draft):
    chosen(draft.pk, beside=draft.pk)
    assert forget_choices_of_gone() == 0
    assert left() == [[str(draft.pk)]] * 3


def test_those_of_a_deleted_page_go_once(draft):
    chosen(999_999, beside=draft.pk)
    assert forget_choices_of_gone() == 2
    assert forget_choices_of_gone() == 0
    assert left() == [[], [], [str(draft.pk)]]


def test_what_stood_beside_a_deleted_page_goes_with_it(draft):
    chosen(draft.pk, beside=999_999)
    assert run_sweeps()["editors' choices of deleted pages"] == 1
    assert left() == [[str(draft.pk)], [], []]


@pytest.mark.parametrize("pk", ["999999", "9" * 60, "a", "", "a\0b"], ids=["none", "large", "word", "empty", "nul"])
def test_what_no_page_can_be_is_lost(pk):
    assert lost(kind(), [pk]) == {pk}


def test_a_page_with_a_card_is_there():
    CardRow.objects.create(content_type=kind(), object_pk="7", source_type=kind(), source_pk="7", title="A", url="/a/")
    assert lost(kind(), ["7", "8"]) == {"8"}


def test_nobody_knows_what_is_lost_of_an_app_that_is_not_installed():
    old = ContentType.objects.create(app_label="old", model="page")
    assert lost(old, ["1"]) == set()
