"""When a mail is due: at once after a debounce, or by the site's clock."""

from __future__ import annotations

import datetime as dt

import pytest

from smo_kit.notify.due_times import FOREVER, due_for
from smo_kit.notify.models import Subscriber

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 25, 12, tzinfo=dt.UTC)
"""A Wednesday."""


@pytest.fixture(autouse=True)
def berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    settings.SMO_KIT = {"NOTIFY": {"digest_hour": 8, "digest_day": "monday"}}


def due(frequency: str, now: dt.datetime = NOON, **columns) -> dt.datetime | None:
    columns = {"address": "reader@example.org", "confirmed_at": NOON, **columns}
    return due_for(Subscriber(frequency=frequency, **columns), now)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc]


def test_at_once_is_after_the_debounce(settings):
    assert due("instant") == NOON + dt.timedelta(minutes=5)
    settings.SMO_KIT = {"NOTIFY": {"debounce_seconds": 0}}
    assert due("instant") == NOON


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (utc(2026, 1, 14, 6, 59), utc(2026, 1, 14, 7)),
        (utc(2026, 1, 14, 7), utc(2026, 1, 15, 7)),
        (utc(2026, 1, 14, 23, 30), utc(2026, 1, 15, 7)),
        (utc(2026, 3, 28, 12), utc(2026, 3, 29, 6)),  # the clock is put forward in the night
        (utc(2026, 10, 24, 12), utc(2026, 10, 25, 7)),  # and back
        (utc(2026, 12, 31, 12), utc(2027, 1, 1, 7)),
    ],
)
def test_a_daily_digest_goes_by_the_sites_clock(now, then):
    assert due("daily", now) == then


@pytest.mark.parametrize("now", [utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30), utc(2026, 3, 29, 0, 59)])
def test_an_hour_that_comes_twice_or_never_is_no_trouble(settings, now):
    settings.SMO_KIT = {"NOTIFY": {"digest_hour": 2}}
    assert dt.timedelta(0) < due("daily", now) - now <= dt.timedelta(hours=25)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (utc(2026, 3, 25, 12), utc(2026, 3, 30, 6)),
        (utc(2026, 3, 30, 5, 59), utc(2026, 3, 30, 6)),
        (utc(2026, 3, 30, 6), utc(2026, 4, 6, 6)),
        (utc(2026, 3, 29, 22, 30), utc(2026, 3, 30, 6)),  # Monday in Berlin, Sunday in Greenwich
    ],
)
def test_a_weekly_digest_has_its_day(now, then):
    assert due("weekly", now) == then


def test_the_day_is_a_setting(settings):
    settings.SMO_KIT = {"NOTIFY": {"digest_hour": 20, "digest_day": "sunday"}}
    assert due("weekly") == utc(2026, 3, 29, 18)


@pytest.mark.parametrize("frequency", ["instant", "daily", "weekly"])
def test_a_pause_holds_it_back(frequency):
    assert due(frequency, paused_until=FOREVER) == FOREVER
    assert due(frequency, paused_until=NOON + dt.timedelta(days=20)) == NOON + dt.timedelta(days=20)


def test_a_pause_that_is_over_does_not():
    assert due("instant", paused_until=NOON - dt.timedelta(days=1)) == due("instant")


@pytest.mark.parametrize("columns", [{"confirmed_at": None}, {"address": ""}, {"frequency": "never"}])
def test_some_get_no_mail(columns):
    assert due(**{"frequency": "instant", **columns}) is None
