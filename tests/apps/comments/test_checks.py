"""What ``manage.py check`` says of a site's comments."""

from __future__ import annotations

import types

import pytest
from django.core.checks import run_checks
from django.urls import include, path

from tests.apps.comments.urls import urlpatterns

pytestmark = pytest.mark.django_db


def found(settings, prefix):
    urls = types.ModuleType("urls")
    urls.urlpatterns = [*urlpatterns, *prefix]
    settings.ROOT_URLCONF = urls
    return [one.id for one in run_checks(tags=["smo_kit"])]


def test_a_site_with_our_addresses_is_right(settings):
    assert found(settings, []) == []


def test_stock_addresses_go_past_the_suite(settings):
    assert found(settings, [path("comments/", include("django_comments.urls"))]) == ["smo_kit.W401"]


def test_ours_can_stand_in_their_place(settings):
    assert found(settings, [path("comments/", include("smo_kit.comments.stock_urls"))]) == []
