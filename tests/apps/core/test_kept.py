"""What a visitor had typed is found again for a day, by its word, on its site."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.core.kept import HOURS, keep, kept, sweep
from smo_kit.core.models import Kept

pytestmark = pytest.mark.django_db


def test_it_is_found_by_its_word_for_its_purpose():
    word = keep("form", {"name": "Ada"})
    assert kept("form", word) == {"name": "Ada"}
    assert kept("other", word) == kept("form", word[::-1]) == kept("form", "") == {}


def test_after_a_day_it_is_forgotten_also_before_anybody_has_swept():
    word = keep("form", {"name": "Ada"})
    Kept.objects.update(at=timezone.now() - dt.timedelta(hours=HOURS, seconds=1))
    assert kept("form", word) == {}
    assert sweep() == 1
    assert not Kept.objects.exists()


def test_another_site_finds_nothing(settings):
    word = keep("form", {"name": "Ada"})
    settings.SITE_ID = 2
    assert kept("form", word) == {}
