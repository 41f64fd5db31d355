"""Editors decide of one page at once: nobody's decision is lost, and the order is one."""

from __future__ import annotations

import pytest

from smo_kit.best.desk.curating import choose, move
from smo_kit.best.models import Choice, Curation
from tests.apps.best.desk_pages import page, subject
from tests.apps.engagement.threads import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)

EDITORS = 6


def test_each_ones_pins_stand_in_one_order():
    row = page()
    pages = [page() for _ in range(EDITORS)]

    def decide(editor: int) -> None:
        own, hidden = subject(pages[editor]), subject(pages[(editor + 1) % EDITORS])
        choose(subject(row), Choice.Verb.HIDE, hidden)
        choose(subject(row), Choice.Verb.PIN, own)
        move(subject(row), own, -1)

    side_by_side(decide, EDITORS)
    for one in pages:
        choose(subject(row), Choice.Verb.PIN, subject(one))
    move(subject(row), subject(pages[0]), 1)
    assert Curation.objects.count() == 1
    choices = list(Choice.objects.all())
    assert {one.object_pk for one in choices} == {one.object_pk for one in pages}
    assert len({one.place for one in choices}) == EDITORS
