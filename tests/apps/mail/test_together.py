"""Threads that write to the outbox at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Mail
from smo_kit.mail.outbox import claim
from smo_kit.mail.services import post, post_many, suppress
from tests.apps.engagement.threads import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)

Make = Callable[..., Letter]


def test_a_key_posted_by_threads_at_once_is_one_mail(letter: Make) -> None:
    got: list[int | None] = []

    def work(which: int) -> None:
        with transaction.atomic():
            mail = post(letter(key="a:1", subject=str(which)))
            got.append(mail and mail.pk)

    side_by_side(work, 4)

    assert set(got) == {Mail.objects.get().pk}


def test_an_address_suppressed_by_threads_at_once_is_in_the_list_once(letter: Make) -> None:

    def work(which: int) -> None:
        suppress("ann@example.org", "news")

    side_by_side(work, 4)

    assert post(letter()) is None


def test_threads_that_claim_at_once_never_hold_the_same_mail(letter: Make) -> None:
    post_many(letter() for _ in range(120))
    Mail.objects.update(state="waiting", sent=None)
    held: list[int] = []

    def work(which: int) -> None:
        while mails := claim(7, 60, f"worker-{which}"):
            held.extend(mail.pk for mail in mails)

    side_by_side(work, 4)

    assert sorted(held) == sorted(Mail.objects.values_list("pk", flat=True))
