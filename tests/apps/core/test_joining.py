"""What signing in does: every app is asked, and what fails in one harms neither the others nor him who comes in."""

from __future__ import annotations

import pytest

from smo_kit.core import joining


@pytest.fixture
def asked(monkeypatch):
    """Return who was asked; the first app fails."""
    found = []
    monkeypatch.setattr(joining, "_joiners", {})
    joining.register_joiner("broken", lambda *args: 1 / 0)
    joining.register_joiner("sound", lambda request, user, browser: found.append((user, browser)))
    return found


def test_what_fails_is_logged_and_the_next_one_is_asked(asked, rf, caplog):
    joining.on_logged_in(None, rf.get("/"), "ada")
    assert asked == [("ada", "")]
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == ["broken"]


def test_without_a_request_nobody_is_asked(asked):
    joining.on_logged_in(None, None, "ada")
    assert asked == []
