"""Wrong settings of notifications speak at ``check``."""

from __future__ import annotations

from smo_kit.notify.checks import times_have_a_zone


def test_times_need_a_zone(settings):
    assert times_have_a_zone(None) == []
    settings.USE_TZ = False
    assert [one.id for one in times_have_a_zone(None)] == ["smo_kit.E601"]
