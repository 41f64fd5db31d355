from __future__ import annotations

from collections.abc import Callable

import pytest

from smo_kit.follow.models import Account


@pytest.fixture
def account(db, django_capture_on_commit_callbacks) -> Callable[..., Account]:
    """Make an account, as if its transaction had come true: ``account("vk", "teahouse")``."""

    def make(network: str, handle: str, **values: object) -> Account:
        with django_capture_on_commit_callbacks(execute=True):
            return Account.objects.create(network=network, handle=handle, **values)

    return make
