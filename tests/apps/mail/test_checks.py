"""Wrong settings of mail speak at ``check``."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as site
from django.core import checks

from smo_kit.mail import kinds
from smo_kit.mail.checks import (
    a_silent_server_is_left,
    links_lead_here,
    one_click_is_encrypted,
    sqlite_has_room_for_workers,
    the_sender_is_known_elsewhere,
    the_sender_is_real,
    the_server_sends_for_the_domain,
)
from tests.apps.mail.conftest import use_smtp

pytestmark = pytest.mark.django_db


def ids(found: list[checks.CheckMessage]) -> list[str]:
    return [str(one.id).removeprefix("smo_kit.") for one in found]


@pytest.fixture(autouse=True)
def smtp(settings: Any) -> None:
    use_smtp(settings, 25, timeout=None)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("news@example.com", ["E501"]),
        ("News <news@mail.example.org>", ["E501"]),
        ("news@magazine.test", []),
    ],
)
def test_a_sender_that_is_nobodys_is_an_error(settings: Any, address: str, found: list[str]) -> None:
    settings.SMO_KIT = {"MAIL": {"from_address": address}}

    assert ids(the_sender_is_real(None)) == found


@pytest.mark.parametrize(
    ("address", "found"),
    [("webmaster@localhost", ["W505"]), ("<root@web1.local>", ["W505"]), ("a@notlocal.test", []), ("a@local.test", [])],
)
def test_a_sender_that_no_other_machine_knows_is_warned_of(settings: Any, address: str, found: list[str]) -> None:
    settings.DEFAULT_FROM_EMAIL = address

    assert ids(the_sender_is_known_elsewhere(None)) == found


def test_while_developing_and_where_no_mail_goes_out_it_is_none(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "news@example.com"
    settings.DEBUG = True
    assert the_sender_is_real(None) == links_lead_here(None) == []
    settings.DEBUG = False
    backend = "django.core.mail.backends.console.EmailBackend"
    if hasattr(site, "MAILERS"):
        settings.MAILERS = {"default": {"BACKEND": backend}}
    else:
        settings.EMAIL_BACKEND = backend

    assert the_sender_is_real(None) == links_lead_here(None) == a_silent_server_is_left(None) == []


def test_links_that_lead_to_example_com_are_an_error(settings: Any) -> None:
    assert ids(links_lead_here(None)) == ["E502"]
    settings.SMO_KIT = {"CORE": {"base_url": "https://magazine.test"}}
    assert links_lead_here(None) == []


@pytest.mark.parametrize(
    ("options", "backend", "found"),
    [
        ({}, "django_tasks_db.DatabaseBackend", ["W501"]),
        ({"transaction_mode": "IMMEDIATE"}, "django_tasks_db.DatabaseBackend", []),
        ({}, "django_tasks.backends.immediate.ImmediateBackend", []),
    ],
)
def test_sqlite_with_workers_wants_immediate_transactions(
    monkeypatch: pytest.MonkeyPatch, options: dict[str, str], backend: str, found: list[str]
) -> None:
    database = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}
    said = SimpleNamespace(DATABASES={"default": database}, TASKS={"default": {"BACKEND": backend}})
    monkeypatch.setattr("smo_kit.mail.checks.settings", said)

    assert ids(sqlite_has_room_for_workers(None)) == found


@pytest.mark.parametrize(("timeout", "found"), [(None, ["W502"]), (300, ["W502"]), (20, [])])
def test_a_silent_server_must_be_left_within_the_lease(settings: Any, timeout: float | None, found: list[str]) -> None:
    use_smtp(settings, 25, timeout=timeout)

    assert ids(a_silent_server_is_left(None)) == found


@pytest.mark.parametrize(
    ("conf", "found"),
    [
        ({"base_url": "http://magazine.test"}, ["W503"]),
        ({"base_url_without_request": "http://magazine.test"}, ["W503"]),
        ({"base_url": "https://magazine.test"}, []),
        ({}, []),
    ],
)
def test_one_click_wants_https(settings: Any, conf: dict[str, str], found: list[str]) -> None:
    settings.SMO_KIT = {"CORE": conf}

    assert ids(one_click_is_encrypted(None)) == found


@pytest.mark.parametrize("kind", [{"can_unsubscribe": True}, {"compose": lambda mails: {}}])
def test_one_kind_of_mail_that_can_be_ended_is_enough(
    settings: Any, monkeypatch: pytest.MonkeyPatch, kind: dict[str, Any]
) -> None:
    settings.SMO_KIT = {"CORE": {"base_url": "http://magazine.test"}}
    monkeypatch.setattr(kinds._kinds, "_kinds", {"one": kinds.Kind(id="one", label="One", **kind)})

    assert ids(one_click_is_encrypted(None)) == ["W503"]


def test_without_mails_that_can_be_ended_http_is_no_fault(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SMO_KIT = {"CORE": {"base_url": "http://magazine.test"}}
    monkeypatch.setattr(kinds._kinds, "_kinds", {})

    assert one_click_is_encrypted(None) == []


def log_in(settings: Any, user: str) -> None:
    """Let the site log in to its mail server by a name, as its Django has it."""
    if hasattr(site, "MAILERS"):
        settings.MAILERS = {"default": {**site.MAILERS["default"], "OPTIONS": {"username": user}}}
    else:
        settings.EMAIL_HOST_USER = user


@pytest.mark.parametrize(
    ("user", "found"),
    [
        ("me@provider.test", ["W504"]),
        ("postmaster@mg.magazine.test", []),
        ("news@MAGAZINE.test", []),
        ("apikey", []),
        ("", []),
    ],
)
def test_the_server_should_know_the_site_by_the_sender_s_domain(settings: Any, user: str, found: list[str]) -> None:
    log_in(settings, user)

    assert ids(the_server_sends_for_the_domain(None)) == found


@pytest.mark.django_db(databases=[])
def test_what_speaks_at_every_check_asks_no_database(settings: Any) -> None:
    log_in(settings, "me@provider.test")

    for check in (the_sender_is_real, one_click_is_encrypted, the_server_sends_for_the_domain):
        assert isinstance(check(None), list)
