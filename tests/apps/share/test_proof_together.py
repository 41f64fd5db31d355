"""Many ask for one link at the same moment: nothing twice, nothing lost."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest

from smo_kit.share.models import Visit
from smo_kit.share.rungs import Rung
from smo_kit.share.sightings import see
from smo_kit.share.signals import rung_reached
from tests.apps.engagement.threads import side_by_side
from tests.apps.share.proving import FACEBOOK, PERSON, link_of, request_of

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 12


@pytest.fixture
def told():
    hear = mock.Mock()
    rung_reached.connect(hear)
    yield lambda: [call.kwargs["rung"] for call in hear.call_args_list]
    rung_reached.disconnect(hear)


def test_a_crowd_is_counted_to_the_last_one(post, told, caplog):
    link = link_of(post, opened=timedelta(minutes=1))
    side_by_side(lambda which: see(link, request_of(PERSON, f"198.51.100.{which}")), MANY)
    link.refresh_from_db()
    assert link.visits == Visit.objects.count() == MANY
    assert told() == [Rung.VISITED]
    assert caplog.text == ""


def test_one_visitor_who_asks_many_times_at_once_is_one(post, told, caplog):
    link = link_of(post, opened=timedelta(minutes=1))
    side_by_side(lambda which: see(link, request_of(PERSON)), MANY)
    link.refresh_from_db()
    assert link.visits == Visit.objects.count() == 1
    assert told() == [Rung.VISITED]
    assert caplog.text == ""


def test_robots_that_come_together_preview_once(post, told, caplog):
    link = link_of(post)
    side_by_side(lambda which: see(link, request_of(FACEBOOK, f"198.51.100.{which}")), MANY)
    link.refresh_from_db()
    assert link.fetches.count() == MANY
    assert link.previewed == max(link.fetches.values_list("at", flat=True))
    assert told() == [Rung.PREVIEWED]
    assert caplog.text == ""
