from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from smo_kit.mail import kinds
from smo_kit.mail.kinds import Kind, register_kind
from smo_kit.mail.letters import Letter


@pytest.fixture(autouse=True)
def the_kinds_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten after it."""
    monkeypatch.setattr(kinds, "_kinds", {})
    register_kind(Kind(id="news", label="News", can_unsubscribe=True))
    register_kind(Kind(id="confirm", label="Confirmation", bounce_suppresses=True))
    register_kind(Kind(id="duty", label="Duty", heeds_all=False))


@pytest.fixture
def letter() -> Callable[..., Letter]:
    """A letter with what a test does not care for."""

    def make(**fields: Any) -> Letter:
        return Letter(**{"to": "ann@example.org", "subject": "Hello", "text": "Hi.", "kind": "news", **fields})

    return make
