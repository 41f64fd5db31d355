"""The three layers of settings."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from smo_kit.core.conf import core_settings
from smo_kit.core.forms import save_settings
from smo_kit.core.models import Settings
from smo_kit.core.settings import of_type

pytestmark = pytest.mark.django_db


def messages():
    return [(one.id, one.msg, one.hint) for one in run_checks(tags=["smo_kit"])]


def test_the_default_holds_when_nobody_says_otherwise(settings):
    settings.SMO_KIT = {}
    assert core_settings().site_name == ""
    assert core_settings().card_seconds == 300


def test_settings_py_wins_over_the_default_and_is_read_when_asked(settings):
    settings.SMO_KIT = {"CORE": {"site_name": "From code"}}
    assert core_settings().site_name == "From code"


def test_the_admin_wins_over_settings_py(settings):
    settings.SMO_KIT = {"CORE": {"site_name": "From code"}}
    save_settings(core_settings, {"site_name": "From the admin"})
    assert core_settings().site_name == "From the admin"


def test_the_admin_cannot_reach_what_only_code_may_set():
    save_settings(core_settings, {"base_url": "https://evil.example"})
    assert core_settings().base_url == ""


def test_a_warm_reading_asks_the_database_nothing(django_assert_num_queries):
    core_settings()
    with django_assert_num_queries(0):
        core_settings()


def test_the_table_is_asked_once_in_five_seconds(django_assert_num_queries, monkeypatch):
    core_settings()
    Settings.objects.bulk_create([Settings(app="CORE", data={"site_name": "Another process"})])
    assert core_settings().site_name == "Test site"
    monkeypatch.setattr("smo_kit.core.settings.ASK_EVERY", 0.0)
    with django_assert_num_queries(1):
        assert core_settings().site_name == "Another process"


def test_another_sites_row_is_not_read(settings):
    Settings.objects.create(site_id=2, app="CORE", data={"site_name": "Second site"})
    assert core_settings().site_name == "Test site"
    settings.SITE_ID = 2
    assert core_settings().site_name == "Second site"


def test_a_wrong_value_in_the_table_leaves_the_code_s_value(settings):
    Settings.objects.create(app="CORE", data={"site_name": ["not", "text"]})
    assert core_settings().site_name == "Test site"


def test_an_unknown_key_in_the_table_is_kept_and_named():
    Settings.objects.create(app="CORE", data={"of_tomorrow": 1})
    save_settings(core_settings, {"site_name": "New"})
    assert Settings.objects.get(app="CORE").data == {"of_tomorrow": 1, "site_name": "New"}
    assert core_settings.unknown_in_admin() == {"of_tomorrow": 1}


def test_an_unknown_setting_is_an_error_with_did_you_mean(settings):
    settings.SMO_KIT = {"CORE": {"site_nam": "x"}}
    assert messages() == [("smo_kit.E001", "SMO_KIT['CORE'] has no setting 'site_nam'.", "Did you mean 'site_name'?")]


def test_an_unknown_app_is_an_error_with_did_you_mean(settings):
    settings.SMO_KIT = {"COR": {}}
    (found,) = messages()
    assert found[:2] == ("smo_kit.E001", "SMO_KIT has no part 'COR'.")
    assert found[2].startswith("Did you mean 'CORE'?")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("site_name", 5, "must be str, not 5"),
        ("card_seconds", "soon", "must be int, not 'soon'"),
        ("card_seconds", True, "must be int, not True"),
        ("http_allow", "127.0.0.1:80", "must be a list, not '127.0.0.1:80'"),
        ("http_allow", ["127.0.0.1"], "must be 'host:port', not '127.0.0.1'"),
        ("base_url", "example.org/", "must look like 'https://example.org'"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_place_and_default(settings, name, value, says):
    settings.SMO_KIT = {"CORE": {name: value}}
    (found,) = messages()
    assert found[0] == "smo_kit.E002"
    assert found[1].startswith(f"SMO_KIT['CORE']['{name}'] {says}")
    assert found[2].startswith("The default is ")


@pytest.mark.parametrize("whole", [[], "CORE", None])
def test_smo_kit_that_is_no_dict_is_an_error(settings, whole):
    settings.SMO_KIT = whole
    assert [one[0] for one in messages()] == ["smo_kit.E003"]
    assert core_settings().site_name == ""


def test_a_part_that_is_no_dict_is_an_error(settings):
    settings.SMO_KIT = {"CORE": ["site_name"]}
    assert messages()[0][:2] == ("smo_kit.E002", "SMO_KIT['CORE'] must be a dict, not list.")


def test_a_wrong_value_never_reaches_a_reader(settings):
    settings.SMO_KIT = {"CORE": {"card_seconds": "soon", "site_name": "Right"}}
    assert core_settings().card_seconds == 300
    assert core_settings().site_name == "Right"


def test_lists_become_tuples():
    assert of_type(["a", "b"], tuple[str, ...]) == ("a", "b")


def test_a_conf_that_was_made_of_old_words_is_not_kept():
    core_settings()
    old = core_settings._current
    save_settings(core_settings, {"site_name": "New"})
    core_settings._current = old  # what a thread that was late would leave
    assert core_settings().site_name == "New"
