from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.test import override_settings

from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Entry
from smo_kit.comments.services import post
from smo_kit.comments.signals import comment_published, comment_withdrawn
from tests.blog.models import Post


@pytest.fixture(autouse=True, scope="module")
def pages_with_comments() -> Iterator[None]:
    """For a module, not a test: after each change of it Django reads all addresses anew."""
    with override_settings(ROOT_URLCONF="tests.apps.comments.urls"):
        yield


@pytest.fixture
def article(db):
    return Post.objects.create(
        slug="bridges", title="Bridges of stone", lead="How they are built", body="Stone by stone."
    )


@pytest.fixture
def member(db):
    return get_user_model().objects.create_user("ada", "ada@example.org", "pw", first_name="Ada", last_name="Byron")


@pytest.fixture
def say(article, member):
    """Post a comment of a member, and return its Entry."""

    def say(text: str = "The third arch is the oldest one.", reply_to: Entry | None = None, **fields) -> Entry:
        fields = {"user": member, **fields}
        return post(article, Draft(text=text, reply_to=reply_to.pk if reply_to else None, **fields)).entry

    return say


class Told(list):
    """What was told of comments, and called: what since."""

    def __call__(self) -> dict[str, list[int]]:
        return {what: [pk for name, pk in self if name == what] for what in ("published", "withdrawn")}


@pytest.fixture
def told(monkeypatch):
    """What the two signals have told, in a test whose transaction never ends."""
    heard = Told()
    monkeypatch.setattr("smo_kit.comments.moves.transaction.on_commit", lambda tell, **kwargs: tell())

    def published(comment, **kwargs):
        heard.append(("published", comment.pk))

    def withdrawn(comment, **kwargs):
        heard.append(("withdrawn", comment.pk))

    comment_published.connect(published)
    comment_withdrawn.connect(withdrawn)
    yield heard
    comment_published.disconnect(published)
    comment_withdrawn.disconnect(withdrawn)
