"""The newest pages, which fill up: those that have a day, and none of tomorrow."""

from __future__ import annotations

import pytest

from smo_kit.best.conf import BestConf
from smo_kit.best.index.cards import keep_tags
from smo_kit.best.models import Text
from smo_kit.best.order.beside import newest_beside
from smo_kit.best.order.candidates import newest
from smo_kit.core.models import CardRow
from tests.apps.best.shelf import a_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    for name, age in (("old", 9), ("young", 1), ("tomorrow", -1), ("undated", 0)):
        a_card(name, age=age)
    CardRow.objects.filter(object_pk="undated").update(published=None)
    return a_card("page", age=20)


def test_what_stands_beside_a_page_is_filled_up_with_them(pages):
    assert [one.title for one in newest("en", 9)] == ["young", "old", "page"]


def test_so_is_a_block(pages):
    assert [one.title for one in newest_beside(pages.key, BestConf(), [], 9)] == ["young", "old"]


def test_a_tag_is_the_same_in_any_case(pages):
    old = CardRow.objects.get(object_pk="old")
    keep_tags(old.pk, ["strasse"])
    assert Text.objects.filter(card=old).exists()
    assert [one.title for one in newest_beside(pages.key, BestConf(tag="STRAßE"), [], 9)] == ["old"]
