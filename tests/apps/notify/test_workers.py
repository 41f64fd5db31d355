"""Workers share the rows between a comment and its mails, and some are killed: nobody is left out, or told twice."""

from __future__ import annotations

import signal
from collections import Counter

import pytest
from django.utils import timezone

from smo_kit.mail.models import Mail
from smo_kit.notify.models import Announcement, Delivery, Subscriber, Subscription
from tests.apps.mail.sink import OK, a_sink
from tests.apps.notify.fleet import SECONDS, Fleet

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 2_000
MAILS = 1_000
SPREAD = """
from smo_kit.notify.fan_out import spread
from smo_kit.notify.models import Announcement
while Announcement.objects.exists():
    spread(10_000)
"""
COLLECT = """
from smo_kit.notify.mail_queue import collect
from smo_kit.notify.models import Delivery
while Delivery.objects.unbound().exists():
    collect(500)
"""
"""Until all is done: the server may hold the locks of who was killed for a moment yet."""
SEND = "from smo_kit.mail.sending import send_what_is_due; send_what_is_due()"
SEND_ALL = """
from smo_kit.mail.sending import send_what_is_due
from smo_kit.notify.models import Announcement, Delivery
while Announcement.objects.exists() or Delivery.objects.filter(told_at=None).exists():
    send_what_is_due()
"""
LAPSE = """
from django.utils import timezone
from smo_kit.mail.models import Mail
Mail.objects.update(claimed_until=timezone.now())
"""
"""The leases of those who were killed are over."""
DYING = """
import os, signal
from smo_kit.notify import {module}
works, calls = {module}.{name}, []

def dies(*args):
    done = works(*args)
    calls.append(1)
    if len(calls) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return done

{module}.{name} = dies
"""
"""Is killed within the transaction of the third batch, when all of it is written."""


@pytest.fixture
def sink():
    with a_sink() as one:
        yield one


@pytest.fixture
def fleet(tmp_path, sink, audience):
    one = Fleet(tmp_path, sink.port)
    yield one
    one.end()


@pytest.fixture
def audience(request, discussion, say, ada):
    """So many readers follow the discussion, and a comment is published."""
    number, now = request.param, timezone.now()
    Subscriber.objects.bulk_create(
        Subscriber(address=one, folded=one, confirmed_at=now, language="en")
        for one in (f"reader{n}@example.org" for n in range(number))
    )
    readers = Subscriber.objects.order_by("pk")
    Subscription.objects.bulk_create(Subscription(subscriber=one, discussion=discussion) for one in readers)
    say(ada)
    return number


@pytest.mark.parametrize("audience", [READERS], indirect=True)
class TestOfTwoThousand:
    def test_none_is_left_out_by_a_worker_killed_in_the_middle_of_the_expansion(self, fleet):
        dying = DYING.format(module="fan_out", name="_deliver")
        assert fleet.run(dying + SPREAD) == [-signal.SIGKILL]
        assert Delivery.objects.count() == 1_000
        fleet.run(SPREAD, SPREAD)
        assert Delivery.objects.values("subscriber").distinct().count() == Delivery.objects.count() == READERS
        assert not Announcement.objects.exists()

    def test_none_is_left_out_by_a_worker_killed_in_the_middle_of_the_collection(self, fleet):
        dying = DYING.format(module="mail_queue", name="put_many")
        assert fleet.run(f"{SPREAD}\n{dying}{COLLECT}") == [-signal.SIGKILL]
        assert Mail.objects.count() == Delivery.objects.exclude(mail_key="").count() == 1_000
        fleet.run(COLLECT, COLLECT)
        assert Mail.objects.values("to").distinct().count() == Mail.objects.count() == READERS
        bound = set(Delivery.objects.values_list("mail_key", flat=True))
        assert bound == set(Mail.objects.values_list("key", flat=True))


@pytest.mark.parametrize("audience", [MAILS], indirect=True)
class TestOfAThousand:
    def test_each_gets_one_or_the_same_one_again_when_workers_are_killed(self, fleet, sink):
        victims = []

        def kill(who: str) -> str:
            if victims and len(sink.got) % 200 == 150:
                victims.pop().kill()
            return OK

        sink.data = kill
        victims += [fleet.start(SEND) for _ in range(2)]
        for one in list(victims):
            one.communicate(timeout=SECONDS)
        fleet.run(LAPSE + SEND_ALL)

        assert not victims
        ids: dict[str, set[str]] = {}
        for got in sink.got:
            ids.setdefault(got.to, set()).add(got.message["Message-ID"])
        assert len(ids) == MAILS
        assert {len(each) for each in ids.values()} == {1}
        assert len(sink.got) <= MAILS + 2

    def test_two_workers_at_once_send_each_one_once(self, fleet, sink):
        fleet.run(SEND_ALL, SEND_ALL)

        assert Counter(sink.recipients) == Counter(f"reader{n}@example.org" for n in range(MAILS))
        assert not Delivery.objects.filter(told_at=None).exists()
