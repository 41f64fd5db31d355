"""What ``manage.py check`` says of the share settings."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks


def found(id_):
    return [(one.msg, one.hint) for one in run_checks() if one.id == id_]


@pytest.mark.django_db
class TestNetworks:
    def test_an_unknown_one_is_named_with_the_cure(self, share):
        share(networks=["vk", "telegrom"])
        ((text, cure),) = found("smo_kit.W010")
        assert text == "SMO_KIT['SHARE']['networks'] names 'telegrom'."
        assert "Did you mean 'telegram'?" in cure

    def test_a_dead_one_is_named_with_its_day(self, share):
        share(hashtags=["skype"])
        ((_, cure),) = found("smo_kit.W010")
        assert cure == "Skype has ended (05/05/2025): remove it."

    def test_right_ones_are_not(self, share):
        share(networks=["vk", "copy"], hashtags=["x"])
        assert found("smo_kit.W010") == []
