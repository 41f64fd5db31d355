"""Wrong settings of mail speak at ``check``."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as site
from django.core import checks

from smo_kit.mail.checks import (
    a_silent_server_is_left,
    links_lead_here,
    sqlite_has_room_for_workers,
    the_sender_is_real,
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
    [("news@example.com", ["E501"]), ("News <news@mail.example.org>", ["E501"]), ("news@magazine.test", [])],
)
def test_a_sender_that_is_nobodys_is_an_error(settings: Any, address: str, found: list[str]) -> None:
    settings.SMO_KIT = {"MAIL": {"from_address": address}}

    assert ids(the_sender_is_real(None)) == found


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
