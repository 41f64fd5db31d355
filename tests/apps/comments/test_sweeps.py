"""What is old is thrown away by ``smo_sync``."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from smo_kit.comments.models import Entry
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.core import sweeps
from smo_kit.spam.models import Print


def sync() -> dict[str, int]:
    out = StringIO()
    call_command("smo_sync", json=True, stdout=out)
    return json.loads(out.getvalue())["swept"]


@pytest.fixture
def aged(say):
    """Make a comment of a state and an age in days."""

    def aged(state: State, days: int) -> Entry:
        entry = say(f"A comment that is {days} days old and {state}.")
        Entry.objects.filter(pk=entry.pk).update(state=state)
        written = timezone.now() - dt.timedelta(days=days)
        XtdComment.norel_objects.filter(pk=entry.pk).update(submit_date=written, **state.flags)
        return entry

    return aged


def test_what_its_guest_never_confirmed_is_forgotten(aged):
    aged(State.PENDING, 8)
    kept = {aged(State.PENDING, 6).pk, aged(State.HELD, 8).pk, aged(State.PUBLISHED, 8).pk}

    assert sync()["unconfirmed comments"] == 1
    assert set(Entry.objects.values_list("pk", flat=True)) == kept
    assert set(XtdComment.objects.values_list("pk", flat=True)) == kept
    assert sync()["unconfirmed comments"] == 0


def test_old_fingerprints_go_too(say):
    say("The third arch is the oldest one, and nobody remembers who has built it, or when it was.")
    Print.objects.update(made=timezone.now() - dt.timedelta(days=1000))

    assert sync()["fingerprints of texts"] == 1


def test_a_sweep_that_fails_spoils_no_other(db, monkeypatch, caplog):
    def fail() -> int:
        raise OSError("no")

    monkeypatch.setitem(sweeps._sweeps, "dust", fail)

    assert "unconfirmed comments" in sync()
    assert "dust can't be dealt with now" in caplog.text
