"""A member whose address is found to be his hears by mail at once, also of what waited for that."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from smo_kit.core import members
from smo_kit.notify.address_proofs import address_proved
from smo_kit.notify.fan_out import spread
from smo_kit.notify.kinds import Frequency
from smo_kit.notify.models import Delivery, Subscriber
from smo_kit.notify.services import follow
from smo_kit.notify.subscribers import is_proved, subscriber_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def waits(ada, discussion):
    """Ada wants mails, and her address is not proved."""
    row = subscriber_of(ada, language="en")
    follow(row, discussion, frequency=Frequency.INSTANT)
    return row


@pytest.fixture
def verified(ada):
    def verified(address="ADA@Example.org") -> None:
        EmailAddress.objects.create(user=ada, email=address, verified=True)

    return verified


@pytest.fixture
def heard(say, bob, waits):
    say(bob, "Something new.")
    spread(10)
    return Delivery.objects.get(subscriber=waits)


def test_however_it_is_spelled(ada, verified):
    assert not is_proved(ada)
    verified()
    assert is_proved(ada)


def test_without_an_app_that_knows_allauth_is_asked(ada, verified, monkeypatch):
    verified()
    monkeypatch.setattr(members, "_proofs", [])
    assert is_proved(ada)
    monkeypatch.setattr("smo_kit.core.members.apps.is_installed", lambda name: False)
    assert not is_proved(ada)


def test_an_address_of_his_that_is_another_proves_nothing(ada, verified, waits):
    verified("ada@elsewhere.example")
    address_proved(ada)
    assert Subscriber.objects.get(user=ada).confirmed_at is None


def test_what_was_told_on_the_site_alone_is_mailed(ada, verified, heard, deliver):
    assert heard.due is None
    assert deliver() == []
    verified()
    address_proved(ada)
    (mail,) = deliver()
    assert mail.to == ["ada@example.org"]
    assert "Something new." in mail.body
    address_proved(ada)
    assert deliver() == []


@pytest.mark.parametrize(
    "columns",
    [{"read_at": timezone.now()}, {"created": timezone.now() - dt.timedelta(days=20)}],
    ids=["seen on the site", "long ago"],
)
def test_not_what_needs_no_mail_any_more(ada, verified, heard, deliver, columns):
    Delivery.objects.filter(pk=heard.pk).update(**columns)
    verified()
    address_proved(ada)
    assert deliver() == []


def test_who_wants_no_mail_gets_none(ada, verified, heard, deliver):
    Subscriber.objects.filter(user=ada).update(frequency=Frequency.NEVER)
    verified()
    address_proved(ada)
    assert Subscriber.objects.get(user=ada).confirmed_at
    assert deliver() == []
