"""Two people stay two, and one mailbox one, whatever the database takes for equal."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from smo_kit.login.addresses import as_known_here
from tests.apps.login.wire import Reader, Web, fault_in

pytestmark = pytest.mark.django_db

CALLBACK = "/accounts/oidc/issuer/login/callback/"
GITHUB = "/accounts/github/login/callback/"
on_mariadb = pytest.mark.skipif(
    connection.vendor != "mysql", reason="The other databases tell capitals and accents apart."
)


def person(web: Web, sub: Any, address: str) -> Reader:
    """Return somebody who has come back from the issuer."""
    web.issues({"sub": sub, "email": address, "email_verified": True})
    reader = Reader(Client())
    reader.answer = reader.sign_in("issuer", CALLBACK)  # type: ignore[attr-defined]
    return reader


@pytest.mark.parametrize("other", ["admin", "ádmin", "ADMIN", "Admin "])
def test_ids_that_differ_a_little_are_two_people(web: Web, other: str) -> None:
    first = person(web, "Admin", "one@example.org")

    second = person(web, other, "two@example.org")

    assert first.user_id
    assert second.user_id != first.user_id
    if not second.user_id:
        assert fault_in(second.answer)[0] == "unclear"  # type: ignore[attr-defined]
    assert SocialAccount.objects.get(user=first.user_id).uid == "Admin"


@on_mariadb
def test_the_second_is_refused_where_the_database_takes_them_for_one(web: Web) -> None:
    person(web, "Admin", "one@example.org")

    assert fault_in(person(web, "admin", "two@example.org").answer)[0] == "unclear"  # type: ignore[attr-defined]
    assert person(web, "Admin", "one@example.org").user_id


@pytest.mark.parametrize("sub", ["None", "null", "undefined", "", " "], ids=repr)
def test_what_is_no_id_is_nobody(web: Web, sub: str) -> None:
    assert fault_in(person(web, sub, "one@example.org").answer)[0] == "unclear"  # type: ignore[attr-defined]
    assert not get_user_model().objects.exists()


def test_two_people_without_an_id_are_not_one(web: Web) -> None:
    web["https://github.com/login/oauth/access_token"] = {"access_token": "t", "token_type": "bearer"}
    web["https://api.github.com/user/emails"] = [{"email": "a@example.org", "verified": True, "primary": True}]
    web["https://api.github.com/user"] = {"id": None, "login": "one"}

    assert fault_in(Reader(Client()).sign_in("github", GITHUB))[0] == "unclear"
    assert not get_user_model().objects.exists()


@pytest.mark.parametrize("has_row", [True, False], ids=["a row", "on the user alone"])
def test_an_address_with_an_accent_is_another_mailbox(ann: Any, has_row: bool) -> None:
    """MariaDB takes them for one."""
    ann.email = "ann@bucher.example"
    ann.save()
    if has_row:
        EmailAddress.objects.create(user=ann, email=ann.email, verified=True, primary=True)

    assert as_known_here("ann@bücher.example") == "ann@xn--bcher-kva.example"


def test_of_two_spellings_the_proved_one_is_known(ann: Any, bob: Any) -> None:
    EmailAddress.objects.create(user=ann, email="ann@bücher.example")
    EmailAddress.objects.create(user=bob, email="ann@xn--bcher-kva.example", verified=True)

    assert as_known_here("ann@bücher.example") == "ann@xn--bcher-kva.example"
