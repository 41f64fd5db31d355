"""Wrong settings of notifications speak at ``check``."""

from __future__ import annotations

import pytest

from smo_kit.notify.checks import one_click_is_safe, times_have_a_zone
from tests.apps.mail.conftest import use_smtp


def test_times_need_a_zone(settings):
    assert times_have_a_zone(None) == []
    settings.USE_TZ = False
    assert [one.id for one in times_have_a_zone(None)] == ["smo_kit.E601"]


@pytest.mark.parametrize("name", ["base_url", "base_url_without_request"])
def test_one_click_needs_https(settings, name):
    use_smtp(settings, 25)
    settings.SMO_KIT = {"CORE": {name: "http://magazine.test"}}
    (found,) = one_click_is_safe(None)
    assert found.id == "smo_kit.W601"
    assert name in found.hint
    settings.SMO_KIT = {"CORE": {name: "https://magazine.test"}}
    assert one_click_is_safe(None) == []


def test_it_does_not_where_no_mail_goes_out(settings):
    settings.SMO_KIT = {"CORE": {"base_url": "http://127.0.0.1:8000"}}
    assert one_click_is_safe(None) == []
