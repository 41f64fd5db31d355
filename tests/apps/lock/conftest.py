from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from smo_kit.lock.counting import buffer
from smo_kit.networks import registry
from tests.apps.lock.desk_locks import FORBIDDEN


@pytest.fixture(autouse=True)
def an_empty_buffer() -> Iterator[None]:
    yield
    buffer.renew()


@pytest.fixture
def committed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a test's transaction what waits for the commit happens at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda callback, **kwargs: callback())


@pytest.fixture
def set_lock(settings: Any) -> Callable[..., None]:
    """Set settings of the app in code: ``set_lock(days=3)``."""

    def change(**values: object) -> None:
        settings.SMO_KIT = {**settings.SMO_KIT, "LOCK": values}

    return change


@pytest.fixture
def policies(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Of all networks, Facebook alone forbids to give something for a share."""
    every = [replace(one, reward_policy=FORBIDDEN if one.id == "facebook" else None) for one in registry.all_networks()]
    monkeypatch.setattr(registry, "_own", lambda: iter(every))
    registry._by_id.cache_clear()
    yield
    monkeypatch.undo()
    registry._by_id.cache_clear()
