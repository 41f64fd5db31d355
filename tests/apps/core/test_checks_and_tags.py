"""Faults found by ``check``, and one library of tags for all apps."""

from __future__ import annotations

import logging
import re

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import models, transaction
from django.template import TemplateSyntaxError

from smo_kit.core import tasks
from smo_kit.core.checks import limits_are_shared, our_urls_are_included
from smo_kit.core.faults import fault
from smo_kit.core.tables import is_migrated
from smo_kit.core.templatetags.smo import _missing

pytestmark = pytest.mark.django_db


def ids(**options):
    return [one.id for one in run_checks(tags=["smo_kit"], **options)]


def test_a_right_site_has_no_faults():
    assert ids() == []


def test_a_needed_app_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(apps.get_app_config("smo_core"), "needs", ("smo_kit.nothing",), raising=False)
    (found,) = run_checks(tags=["smo_kit"])
    assert (found.id, found.msg) == ("smo_kit.E004", "smo_kit.core needs smo_kit.nothing.")
    assert "Add 'smo_kit.nothing' to INSTALLED_APPS" in found.hint


@pytest.mark.parametrize(
    ("urls", "lost"),
    [
        (
            "tests.apps.core.no_urls",
            {"best", "comments", "engagement", "lock", "login", "mail", "meta", "notify", "ratings", "share"},
        ),
        ("tests.apps.core.some_urls", {"best", "comments", "lock", "login", "mail", "meta", "notify", "ratings"}),
    ],
)
def test_views_without_an_address_are_one_error_with_the_line_to_add(settings, urls, lost):
    settings.ROOT_URLCONF = urls
    (found,) = run_checks(tags=["smo_kit"])
    assert found.id == "smo_kit.E005"
    assert set(re.findall(r"smo_kit\.(\w+)[,.]", found.msg.partition(":")[2])) == lost
    assert 'path("smo/", include("smo_kit.urls"))' in found.hint


def test_a_site_without_apps_that_have_views_needs_no_addresses(settings):
    settings.ROOT_URLCONF = "tests.apps.core.no_urls"
    settings.INSTALLED_APPS = ["django.contrib.contenttypes", "smo_kit.core", "smo_kit.networks"]
    assert our_urls_are_included(None) == []


def test_a_process_without_addresses_needs_none_of_ours(settings):
    settings.ROOT_URLCONF = None
    assert our_urls_are_included(None) == []


def test_an_open_allow_list_is_warned_of_at_deployment(settings):
    settings.SMO_KIT = {"CORE": {"http_allow": ["127.0.0.1:9"]}}
    assert "smo_kit.W001" in ids(include_deployment_checks=True)
    assert "smo_kit.W001" not in ids()


@pytest.mark.parametrize(
    ("backend", "says"), [("dummy.DummyCache", "keeps nothing"), ("locmem.LocMemCache", "each process's own")]
)
def test_a_cache_that_processes_do_not_share_is_warned_of_at_deployment(settings, backend, says):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}"}}
    (warning,) = limits_are_shared(None)
    assert warning.id == "smo_kit.W202"
    assert says in warning.msg
    assert "smo_kit.W202" in ids(include_deployment_checks=True)
    assert "smo_kit.W202" not in ids()


def test_a_cache_that_processes_share_is_right(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}
    assert limits_are_shared(None) == []


def test_templates_without_the_request_are_warned_of(settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {"context_processors": []}}]
    assert set(ids()) == {"smo_kit.W002", "smo_kit.E801"}


def test_a_tag_of_an_app_that_is_not_installed_names_it():
    with pytest.raises(
        TemplateSyntaxError, match=r"\{% smo_rate %\} belongs to smo_kit.ratings: add 'smo_kit.ratings'"
    ):
        _missing("smo_kit.ratings", "smo_rate")(None, None)


def test_a_slip_is_raised_while_developing_and_logged_in_production(settings, caplog):
    with caplog.at_level(logging.ERROR):
        fault(LookupError("Do this."))
    assert "Do this." in caplog.text
    settings.DEBUG = True
    with pytest.raises(LookupError):
        fault(LookupError("Do this."))


def test_a_table_that_is_not_there_yet_spoils_no_transaction():
    class Missing(models.Model):
        class Meta:
            app_label = "smo_core"
            managed = False

    try:
        with transaction.atomic():
            assert not is_migrated(Missing)
            assert is_migrated(apps.get_model("smo_core", "Settings"))
    finally:
        del apps.all_models["smo_core"]["missing"]
        apps.clear_cache()


def test_a_task_waits_for_the_commit(django_capture_on_commit_callbacks):
    done = []

    class Work:
        @staticmethod
        def enqueue(*args):
            done.append(args)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.enqueue_on_commit(Work, 1, "a")
        assert done == []
    assert done == [(1, "a")]
