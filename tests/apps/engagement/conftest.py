from __future__ import annotations

from collections.abc import Iterator

import pytest

from smo_kit.engagement import kinds
from smo_kit.engagement.services import buffer
from tests.blog.models import Post


@pytest.fixture(autouse=True)
def an_empty_buffer() -> Iterator[None]:
    yield
    buffer.renew()


@pytest.fixture(autouse=True)
def the_kinds_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten after it."""
    monkeypatch.setattr(kinds._kinds, "_kinds", dict(kinds._kinds._kinds))


@pytest.fixture
def post(db: None) -> Post:
    return Post.objects.create(slug="a", title="A post")
