"""Threads that write to the outbox at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier

import pytest
from django.db import connection, transaction

from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Mail
from smo_kit.mail.outbox import claim
from smo_kit.mail.services import post, post_many, suppress
from tests.apps.engagement.threads import together
from tests.require import missing

pytestmark = pytest.mark.django_db(transaction=True)

Make = Callable[..., Letter]


@pytest.fixture(autouse=True)
def a_server() -> None:
    if connection.vendor == "sqlite":
        missing("postgresql or mariadb", "threads that wait for each other need a server (DATABASE_URL)")


def test_a_key_posted_by_threads_at_once_is_one_mail(letter: Make) -> None:
    barrier = Barrier(4)
    got: list[int | None] = []

    def work(which: int) -> None:
        with transaction.atomic():
            barrier.wait(10)
            mail = post(letter(key="a:1", subject=str(which)))
            got.append(mail and mail.pk)

    together(work, 4)

    assert set(got) == {Mail.objects.get().pk}


def test_an_address_suppressed_by_threads_at_once_is_in_the_list_once(letter: Make) -> None:
    barrier = Barrier(4)

    def work(which: int) -> None:
        barrier.wait(10)
        suppress("ann@example.org", "news")

    together(work, 4)

    assert post(letter()) is None


def test_threads_that_claim_at_once_never_hold_the_same_mail(letter: Make) -> None:
    post_many(letter() for _ in range(120))
    Mail.objects.update(state="waiting", sent=None)
    held: list[int] = []

    def work(which: int) -> None:
        while mails := claim(7, 60, f"worker-{which}"):
            held.extend(mail.pk for mail in mails)

    together(work, 4)

    assert sorted(held) == sorted(Mail.objects.values_list("pk", flat=True))
