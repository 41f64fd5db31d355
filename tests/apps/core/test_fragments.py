"""HTML that is kept: whatever it depends on makes another."""

from __future__ import annotations

from itertools import count

import pytest
from django.test import override_settings
from django.utils.translation import override

from smo_kit.core.fragments import fragment
from smo_kit.core.models import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    """Return a fragment's text, which tells how often it was rendered before."""
    renders = map(str, count())
    return lambda *depends_on: fragment("test", depends_on, lambda: next(renders))


def test_the_same_things_are_rendered_once(kept):
    assert [kept("a"), kept("a"), kept("b"), kept("a")] == ["0", "0", "1", "0"]


def test_settings_that_an_editor_saved_render_anew(kept):
    kept()
    Settings.objects.create(app="CORE", data={"site_name": "Another"})
    assert kept() == "1"


def test_each_language_and_site_has_its_own(kept):
    kept()
    with override("ru"):
        assert kept() == "1"
    with override_settings(SITE_ID=2):
        assert kept() == "2"
    assert kept() == "0"
