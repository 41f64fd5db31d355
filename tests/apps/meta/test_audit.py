"""What the audit sees of the settings of meta."""

from __future__ import annotations

import pytest
from django.contrib.sites.models import Site

from smo_kit.core.audit import ReadSite
from tests.apps.core.audited import ask

pytestmark = pytest.mark.django_db


def test_a_site_that_says_who_it_is(settings):
    settings.SMO_KIT = {"CORE": {"site_name": "Site"}, "META": {"default_description": "On bread.", "logo": "logo.png"}}
    assert ask("graph.site", ReadSite()) == []


def test_one_that_does_not(settings):
    settings.SMO_KIT = {}
    Site.objects.update(name="")
    Site.objects.clear_cache()
    found = ask("graph.site", ReadSite())
    assert [one.severity for one in found] == ["warning", "warning", "info"]
