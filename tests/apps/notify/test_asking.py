"""Asking for mail: what strangers can do with it, and what they can't."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from smo_kit.mail import asking_limits
from smo_kit.mail.models import Mail
from smo_kit.notify import services
from smo_kit.notify.links import confirm_url
from smo_kit.notify.models import Subscriber
from smo_kit.notify.services import Asked, ask
from smo_kit.notify.subscribers import at_address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uncounted():
    cache.clear()


def wants(discussion, address, client, **more):
    return ask(address, discussion, language="en", client=client, **more)


def test_a_thousand_sign_ups_from_one_network_are_few_mails_and_few_rows(discussion):
    answers = [wants(discussion, f"victim{n}@example.org", f"192.0.2.{n % 250}") for n in range(1000)]
    assert answers.count(Asked.MAILED) == 20
    assert Mail.objects.count() == Subscriber.objects.count() == 20
    assert wants(discussion, "honest@example.org", "198.51.100.7") is Asked.MAILED


def test_who_was_refused_is_served_where_his_browser_is_known(discussion, reader):
    reader("grace", follows=None, browsers=["known"])
    for _ in range(4):
        wants(discussion, "grace@example.org", "192.0.2.1")
    assert wants(discussion, "grace@example.org", "192.0.2.1", browser="known") is Asked.DONE


def test_one_link_pressed_often_lets_nobody_ask_for_more(client, discussion, settings):
    settings.SMO_KIT = settings.SMO_KIT | {"NOTIFY": {"confirm_most": (1, 20, 3)}}
    wants(discussion, "grace@example.org", "192.0.2.1")
    link = confirm_url(at_address("grace@example.org"), discussion.pk)
    for _ in range(5):
        assert client.post(link).status_code == 200
    answers = [wants(discussion, f"victim{n}@example.org", f"198.51.{n}.7") for n in range(5)]
    assert answers == [Asked.MAILED] * 3 + [Asked.TOO_MANY] * 2


def test_the_first_press_gives_the_mail_back_and_no_other_does(reader, monkeypatch):
    given = []
    monkeypatch.setattr(services, "was_answered", lambda *what: given.append(what))
    one = at_address("grace@example.org")
    for _ in range(2):
        services.confirm(one.pk, asking_limits.mark(one.address), None)
    assert len(given) == 1
