from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from smo_kit.engagement.buffer import renew_all
from tests.blog.models import Post


@pytest.fixture(autouse=True)
def empty_buffers() -> Iterator[None]:
    yield
    renew_all()


@pytest.fixture
def committed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a test's transaction what waits for the commit happens at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda callback, **kwargs: callback())


@pytest.fixture
def a(committed: None) -> Post:
    return Post.objects.create(slug="a", title="A")


@pytest.fixture
def b(committed: None) -> Post:
    return Post.objects.create(slug="b", title="B")


@pytest.fixture
def c(committed: None) -> Post:
    return Post.objects.create(slug="c", title="C")
