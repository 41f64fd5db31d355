"""Many open at once: one row, one count, one word to whoever listens."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from smo_kit.core.identities import of_browser
from smo_kit.core.signals import engaged
from smo_kit.core.visitors import Visitor
from smo_kit.lock.models import Count, Opening
from smo_kit.lock.opening import BROWSER, begin, join, open_by
from smo_kit.lock.terms import terms_of
from tests.apps.engagement.threads import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 20


@pytest.fixture
def told():
    told: list[str] = []

    def hear(sender, kind, facet, network, **kwargs):
        told.append((kind, facet, network))

    engaged.connect(hear)
    yield told
    engaged.disconnect(hear)


def counted() -> dict[str, int]:
    return {one.what: one.n for one in Count.objects.all()}


def guest(number: int) -> Visitor:
    return Visitor(f"{number:032x}")


def test_twenty_times_the_same_reader_is_one_row(lock, ref, told):
    terms = terms_of(ref)
    side_by_side(lambda n: open_by(guest(1), ref, terms, "share", "vk"), READERS)

    row = Opening.objects.get()
    assert row.opened is not None
    assert told == [("unlocked", "share", "vk")]
    assert counted() == {"tried": 1, "opened": 1}


def test_a_thousand_times_from_twenty_sides_is_one_row_too(lock, ref, told):
    terms = terms_of(ref)

    def press_fifty_times(side: int) -> None:
        for _ in range(50):
            open_by(guest(1), ref, terms, "wait")

    side_by_side(press_fifty_times, READERS)
    assert Opening.objects.count() == 1
    assert told == [("unlocked", "wait", "")]
    assert counted() == {"tried": 1, "opened": 1}


def test_twenty_readers_at_once_are_all_counted(lock, ref, told):
    terms = terms_of(ref)
    side_by_side(lambda n: open_by(guest(n), ref, terms, "wait"), READERS)

    assert Opening.objects.filter(opened__isnull=False).count() == READERS
    assert counted() == {"tried": READERS, "opened": READERS}


def test_one_that_has_run_out_is_opened_once_anew(lock, ref, told):
    terms = terms_of(ref)
    open_by(guest(1), ref, terms, "wait")
    Opening.objects.update(until=timezone.now())
    side_by_side(lambda n: open_by(guest(1), ref, terms, "wait"), READERS)

    assert Opening.objects.get().until > timezone.now()
    assert counted() == {"tried": 2, "opened": 2}


def test_a_press_many_times_at_once_begins_once(lock, ref):
    terms = terms_of(ref)
    side_by_side(lambda n: begin(guest(1), terms, "wait"), READERS)

    assert Opening.objects.count() == 1
    assert counted() == {"tried": 1}


def test_a_press_a_moment_ahead_of_this_machine_s_clock_is_the_same_one(lock, ref):
    terms = terms_of(ref)
    row = begin(guest(1), terms, "wait")
    Opening.objects.update(tried=row.tried + dt.timedelta(seconds=5))

    begin(guest(1), terms, "wait")
    assert counted() == {"tried": 1}


def test_a_member_who_signs_in_at_many_browsers_at_once_has_one_row(lock, ref, member):
    terms = terms_of(ref)
    for number in range(READERS):
        open_by(guest(number), ref, terms, "wait")
    side_by_side(lambda number: join(member, of_browser(guest(number).key, BROWSER)), READERS)
    assert [one.user for one in Opening.objects.all()] == [member]


def test_a_row_that_another_sign_in_was_quicker_to_write_is_no_loss(lock, ref, member, monkeypatch):
    open_by(guest(1), ref, terms_of(ref), "wait")
    save, failures = Opening.save, [IntegrityError("there is one")]

    def saved(row, **kwargs):
        if failures:
            raise failures.pop()
        save(row, **kwargs)

    monkeypatch.setattr(Opening, "save", saved)
    join(member, of_browser(guest(1).key, BROWSER))
    assert Opening.objects.get().user == member
