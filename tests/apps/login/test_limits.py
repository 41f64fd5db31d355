"""django-allauth's limits count the client that the site's proxies have seen."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

pytestmark = pytest.mark.django_db

PROXY = "10.0.0.1"


@pytest.fixture(autouse=True)
def three_sign_ins(settings: Any, bob: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    settings.SMO_KIT = settings.SMO_KIT | {"CORE": {"trusted_proxies": 1}}
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)


def attempt(address: str, *, peer: str = PROXY, password: str = "no") -> bool:
    client = Client(REMOTE_ADDR=peer, headers={"X-Forwarded-For": address} if address else {})
    answer = client.post("/smo/login/password/", {"login": "bob", "password": password})
    assert answer.status_code != 403
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("other", ["198.51.100.7", "2001:db8:0:2::1"])
def test_who_guesses_shuts_out_nobody_else_behind_the_same_proxy(other: str) -> None:
    for _ in range(5):
        attempt("203.0.113.9")

    assert not attempt("203.0.113.9", password="pw")
    assert attempt(other, password="pw")


def test_a_household_counts_as_one(bob: Any) -> None:
    for number in range(5):
        attempt(f"2001:db8:0:1::{number}")

    assert not attempt("2001:db8:0:1:ffff::", password="pw")


def test_behind_a_socket_a_password_still_opens() -> None:
    assert attempt("", peer="", password="pw")
