"""What is published at once and stands speaks for a member: days count, not comments."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.comments.models import Entry
from smo_kit.comments.moderation import decide, undo
from smo_kit.comments.moves import move
from smo_kit.comments.services import draft_of
from smo_kit.comments.states import State
from smo_kit.comments.track_record import STANDS, good_days
from smo_kit.comments.votes import report
from smo_kit.core.visitors import Visitor
from smo_kit.spam.services import GOOD_DAYS

NOON = dt.time(12, tzinfo=dt.UTC)


@pytest.fixture
def said(say):
    """Say something so many days ago."""

    def said(days: int, **fields) -> Entry:
        entry = say(f"Arch number {Entry.objects.count() + 1} is the oldest one.", **fields)
        then = dt.datetime.combine(timezone.now().date() - dt.timedelta(days=days), NOON)
        Entry.objects.filter(pk=entry.pk).update(published_at=then)
        return entry

    return said


def test_days_count_and_not_comments(said, member):
    for days in (9, 9, 9, 8, 7):
        said(days)
    assert good_days(member.pk) == 3


def test_what_is_new_does_not_count_yet(said, member):
    said(0)
    said(STANDS.days - 1)
    assert good_days(member.pk) == 0
    said(STANDS.days + 1)
    assert good_days(member.pk) == 1


def test_there_is_an_end_to_it(said, member):
    for days in range(5, 5 + GOOD_DAYS + 2):
        said(days)
    assert good_days(member.pk) == GOOD_DAYS


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED])
def test_what_stands_no_more_does_not_count(said, member, state):
    said(9)
    move(said(8), state)
    assert good_days(member.pk) == 1


def test_all_is_lost_by_one_that_is_spam_until_that_is_taken_back(said, member):
    said(9)
    spam = said(0)
    decide(spam, "spam")
    assert good_days(member.pk) == 0
    undo(spam)
    assert good_days(member.pk) == 1


def test_what_is_reported_does_not_count_until_it_may_stay(said, member):
    entry = said(9)
    report(entry, Visitor(key="0" * 32))
    assert good_days(member.pk) == 0
    decide(entry, "publish")
    assert good_days(member.pk) == 1


def test_a_comment_does_not_speak_for_itself(said, member):
    entry = said(9)
    assert good_days(member.pk, without=entry.pk) == 0


def test_a_guest_has_no_record(said):
    entry = said(9, user=None, name="Grace", email="grace@example.org")
    assert good_days(draft_of(entry).user) == 0


def test_it_is_judged_by_it(said, say):
    first = say("The first arch is the oldest one.").spam_score
    for days in range(5, 5 + GOOD_DAYS):
        said(days)
    later = say("The last arch is the oldest one.")
    assert later.spam_score < first
    assert f"Days from which something that the author wrote has stood: {GOOD_DAYS}." in later.why
