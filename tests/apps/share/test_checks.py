"""What ``manage.py check`` says of the share settings."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from smo_kit.share.checks import links_are_short


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


@pytest.mark.django_db
class TestShortAddresses:
    def test_personal_links_without_them_are_told_what_to_add(self, share, settings):
        share(personal=True)
        settings.ROOT_URLCONF = "tests.apps.share.long_site"
        ((text, cure),) = found("smo_kit.W011")
        assert text == "Personal links are on, but the site has no short address for them, /s/…/."
        assert 'path("s/", include("smo_kit.share.short_urls"))' in cure

    def test_a_site_that_has_them_is_not(self, share):
        share(personal=True)
        assert found("smo_kit.W011") == []

    def test_nor_one_without_personal_links(self, share):
        share(personal=False)
        assert found("smo_kit.W011") == []

    def test_the_database_is_not_asked(self, share, django_assert_num_queries):
        share(personal=True)
        with django_assert_num_queries(0):
            links_are_short(None)
