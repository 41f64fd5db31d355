from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import django
import pytest

from smo_kit.mail import kinds
from smo_kit.mail.kinds import Kind, register_kind
from smo_kit.mail.letters import Letter
from tests.apps.mail.sink import Sink, a_sink

TIMEOUT = 0.3
"""Seconds that a test waits for a silent server."""


@pytest.fixture(autouse=True)
def the_kinds_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten after it."""
    monkeypatch.setattr(kinds._kinds, "_kinds", {})
    register_kind(Kind(id="news", label="News", can_unsubscribe=True))
    register_kind(Kind(id="confirm", label="Confirmation", bounce_suppresses=True))
    register_kind(Kind(id="duty", label="Duty", heeds_all=False))


@pytest.fixture
def letter() -> Callable[..., Letter]:
    """A letter with what a test does not care for."""

    def make(**fields: Any) -> Letter:
        return Letter(**{"to": "ann@example.org", "subject": "Hello", "text": "Hi.", "kind": "news", **fields})

    return make


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server that the site sends to."""
    with a_sink() as one:
        use_smtp(settings, one.port)
        yield one


def use_smtp(settings: Any, port: int, timeout: float | None = TIMEOUT) -> None:
    """Let the site send to a port of this machine."""
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Magazine <news@magazine.test>"
    if django.VERSION >= (6, 1):
        options = {"host": "127.0.0.1", "port": port, "timeout": timeout}
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        return
    settings.EMAIL_BACKEND = backend
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, timeout
