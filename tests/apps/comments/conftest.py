from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Entry
from smo_kit.comments.services import post
from tests.blog.models import Post


@pytest.fixture(autouse=True)
def pages_with_comments(settings):
    settings.ROOT_URLCONF = "tests.apps.comments.urls"


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
