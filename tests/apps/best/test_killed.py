"""A rebuild whose process is killed in the middle of a chunk: the next one goes on, and nothing is lost or twofold."""

from __future__ import annotations

import datetime as dt
import signal

import pytest

from smo_kit.best.index import rebuilding
from smo_kit.best.index.rebuilding import rebuild
from smo_kit.best.models import Frequency, Neighbour, Posting, Rebuild, Tagged, Text
from smo_kit.core.rows import sync
from tests.apps.best.corpus import posts, whole_index
from tests.apps.notify.fleet import Fleet
from tests.blog.models import Post

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = 200
PART = 50
DYING = f"""
import os, signal
from smo_kit.best.index import counting, phases
from smo_kit.best.index.rebuilding import rebuild
counting.TEXTS = {PART}
works, calls = phases.put, []

def dies(*args):
    works(*args)
    calls.append(1)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)

phases.put = dies
for _ in rebuild():
    pass
"""
"""Is killed within the transaction of the second chunk that is weighed, when its postings are written."""


@pytest.fixture
def fleet(tmp_path, settings):
    settings.SMO_KIT = settings.SMO_KIT | {"BEST": {"fresh_days": 0}}
    Post.objects.bulk_create(posts(PAGES, length=40))
    for _ in sync():
        pass
    one = Fleet(tmp_path, port=0)
    yield one
    one.end()


def everything():
    return whole_index() | {"order": sorted(Neighbour.objects.values_list("card", "other", "place", "reason"), key=str)}


def test_the_next_one_makes_the_same_index(fleet, monkeypatch):
    assert fleet.run(DYING) == [-signal.SIGKILL]
    assert Posting.objects.values("card").distinct().count() == PART
    monkeypatch.setattr(rebuilding, "DEAD", dt.timedelta(0))
    steps = [(one.phase, one.done, one.resumed) for one in rebuild()]
    assert steps[0] == ("weigh", PART, True)
    resumed = everything()
    for model in (Posting, Neighbour, Frequency, Tagged, Text, Rebuild):
        model.objects.all()._raw_delete(model.objects.db)
    for _ in rebuild():
        pass
    assert everything() == resumed
