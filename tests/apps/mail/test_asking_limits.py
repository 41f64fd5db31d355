"""How many mails strangers may cause."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from smo_kit.mail.asking_limits import may_ask, was_answered

pytestmark = pytest.mark.django_db  # settings of mail

MOST = (3, 20, 300)


@pytest.fixture(autouse=True)
def uncounted() -> None:
    cache.clear()


def asks(address: str, client: str = "192.0.2.1") -> bool:
    return may_ask("confirm", address, client, MOST)


def test_an_address_gets_so_many_and_no_more_from_wherever() -> None:
    assert [asks("ada@example.org", f"192.0.{n}.1") for n in range(5)] == [True] * 3 + [False] * 2


def test_a_thousand_from_one_network_leave_the_site_to_others() -> None:
    answers = [asks(f"victim{n}@example.org") for n in range(1000)]
    assert answers == [True] * 20 + [False] * 980
    assert asks("ada@example.org", "198.51.100.7")


def test_a_network_that_is_refused_uses_up_nobodys_address() -> None:
    for n in range(20):
        asks(f"victim{n}@example.org")
    assert not any(asks("ada@example.org") for _ in range(5))
    assert asks("ada@example.org", "198.51.100.7")


def test_an_address_that_is_refused_leaves_the_site_to_others() -> None:
    most = (1, 1000, 5)
    for _n in range(9):
        may_ask("confirm", "ada@example.org", "", most)
    assert may_ask("confirm", "bob@example.org", "", most)


def test_what_was_answered_does_not_count() -> None:
    for _ in range(3):
        asks("ada@example.org")
    was_answered("confirm", "ada@example.org", "")
    assert asks("ada@example.org")
    assert not asks("ada@example.org")
