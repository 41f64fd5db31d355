"""What the audit sees of the share buttons' settings."""

from __future__ import annotations

import pytest

from smo_kit.core.audit import ReadSite
from tests.apps.core.audited import ask

pytestmark = pytest.mark.django_db


def test_living_networks(settings):
    settings.SMO_KIT = {"SHARE": {"networks": ["vk", "copy"]}}
    assert ask("buttons.alive", ReadSite()) == []


def test_a_dead_network_is_named_with_the_place_of_the_setting(settings):
    settings.SMO_KIT = {"SHARE": {"networks": ["vk", "googleplus"]}}
    (found,) = ask("buttons.alive", ReadSite())
    assert "Google+ has ended" in found.text
    assert found.where.url == "/admin/smo_core/settings/share/"
