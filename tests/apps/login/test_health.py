"""The owner hears how signing in goes, without anybody's secrets."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from django.db import DatabaseError

from smo_kit.login.faults import OWNERS, Fault
from smo_kit.login.health import failed, succeeded
from smo_kit.login.models import Health
from tests.apps.login.wire import TOKEN, Reader, Web, state_of

pytestmark = pytest.mark.django_db


def test_failures_are_counted_until_somebody_comes_in() -> None:
    failed("github", Fault.DOWN, requests.Timeout("slow"))
    failed("github", Fault.UNCLEAR)
    assert Health.objects.get().failures == 2

    succeeded("github")

    health = Health.objects.get()
    assert health.failures == 0
    assert health.succeeded_at is not None
    assert health.failed_at is not None


@pytest.mark.parametrize("fault", sorted(set(Fault) - OWNERS), ids=str)
def test_what_readers_do_is_none_of_the_owners_business(fault: Fault) -> None:
    failed("github", fault, ValueError("x"))

    assert Health.objects.count() == 0


def test_providers_stay_apart() -> None:
    failed("github", Fault.DOWN)
    succeeded("google")

    assert {one.app: one.failures for one in Health.objects.all()} == {"github": 1, "google": 0}


SECRETS = {
    "a client secret": "client_secret=hush-hush&x=1",
    "a token": "access_token: hush-hush",
    "JSON": '{"refresh_token": "hush-hush"}',
    "a code": "?code=hush-hush",
    "a password": "password='hush-hush'",
    "an address": "hush-hush@example.org is blocked",
}


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_secrets_are_not_kept(text: str) -> None:
    failed("github", Fault.UNCLEAR, ValueError(f"It said {text}"))

    detail = Health.objects.get().detail
    assert detail.startswith("ValueError: It said ")
    assert "hush-hush" not in detail


def test_an_endless_error_is_cut() -> None:
    failed("github", Fault.UNCLEAR, ValueError("<p>\x00" + "x" * 10_000))

    assert len(Health.objects.get().detail) <= 500


def test_an_error_of_a_whole_sign_in_holds_no_secret(web: Web, reader: Reader) -> None:
    web.issues({})
    state = state_of(reader.start("issuer"))
    web.say(TOKEN, {"error": "invalid_client", "client_secret": "s3cret", "hint": "ann@example.org"}, 401)

    reader.back("/accounts/oidc/issuer/login/callback/", state, code="c-0de-of-ann")

    detail = Health.objects.get().detail
    for secret in ("s3cret", "ann@example.org", "c-0de-of-ann"):
        assert secret not in detail


def test_a_database_that_is_only_read_keeps_nobody_out(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("read only")

    monkeypatch.setattr(Health.objects, "filter", refuse)

    reader.dummy(email="new@example.org", email_verified=True)

    assert reader.user_id
