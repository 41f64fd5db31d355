"""What a reader is told of a page: only what is true."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.best.suggestions import NEW, TEXT, Suggestion
from smo_kit.core.cards import Card
from smo_kit.core.subjects import Key


@pytest.mark.parametrize(
    ("reason", "days", "why"),
    [
        pytest.param(NEW, 29, "New", id="a new one"),
        pytest.param(NEW, 31, "", id="an old one that fills up"),
        pytest.param(NEW, None, "", id="one without a day"),
        pytest.param(TEXT, 400, "On a similar subject", id="another reason"),
    ],
)
def test_new_is_said_of_the_pages_of_a_month(reason, days, why):
    published = None if days is None else timezone.now() - dt.timedelta(days=days)
    assert Suggestion(Key(1, "a"), Card(url="/a/", title="A", published=published), reason).why == why
