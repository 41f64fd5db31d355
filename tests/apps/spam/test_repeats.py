"""Texts that come again."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType

from smo_kit.core.subjects import Key
from smo_kit.spam.repeats import note, repetitions

pytestmark = pytest.mark.django_db


def test_short_texts_with_a_few_words_in_common_are_no_repetition() -> None:
    key = Key(ContentType.objects.get_for_model(ContentType).pk, "1")
    note("This is about tunnels, I think.", key)

    assert repetitions("And this is about bridges.") == 0
    assert repetitions("This is about tunnels, I think!") == 1
