"""Threads at the same rows: nothing twice, nothing lost, and no deadlock comes to a person's eyes."""

from __future__ import annotations

import pytest
from django.utils import timezone

from smo_kit.comments.moves import move
from smo_kit.comments.states import State
from smo_kit.mail.models import Mail
from smo_kit.mail.sending import send_what_is_due
from smo_kit.notify.fan_out import spread
from smo_kit.notify.mail_queue import collect
from smo_kit.notify.models import Delivery, Subscriber, Subscription
from smo_kit.notify.services import follow, pause, resume
from smo_kit.notify.subscribers import at_address, prove, subscriber_of
from tests.apps.engagement.threads import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 40


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr("smo_kit.notify.fan_out.CHUNK", 7)


@pytest.fixture
def readers(small_batches, reader):
    return [reader(f"r{number}") for number in range(READERS)]


def test_several_workers_make_one_delivery_for_each(readers, say, ada):
    say(ada)
    say(ada, "Another thing.")

    side_by_side(lambda which: spread(10_000), 4)

    spread(10_000)
    assert Delivery.objects.count() == 2 * READERS


def test_several_collectors_put_each_delivery_into_one_mail(readers, say, ada):
    say(ada)
    spread(10_000)
    Delivery.objects.update(due=timezone.now())

    def work(which: int) -> None:
        while collect(5):
            pass

    side_by_side(work, 4)

    assert Mail.objects.count() == Delivery.objects.exclude(mail_key="").count() == READERS


def test_who_follows_while_a_comment_is_published_hears_of_it_once_at_most(readers, discussion, say, ada):
    newcomers = [prove(at_address(f"n{number}@example.org")) for number in range(3)]

    def work(which: int) -> None:
        if which == 3:
            say(ada)
            spread(10_000)
        else:
            follow(newcomers[which], discussion)

    side_by_side(work, 4)

    assert Subscription.objects.count() == READERS + 3
    heard = list(Delivery.objects.values_list("subscriber", flat=True))
    assert len(heard) == len(set(heard))
    assert {one.pk for one in readers} <= set(heard)


def test_a_comment_that_is_moved_while_it_is_spread_ends_as_it_was_moved_last(readers, say, ada, mailoutbox):
    entry = say(ada)

    def work(which: int) -> None:
        if which % 2:
            spread(10_000)
        else:
            for state in (State.REMOVED, State.PUBLISHED) * 3:
                move(entry, state)

    side_by_side(work, 4)

    entry.refresh_from_db()
    move(entry, State.PUBLISHED)
    spread(10_000)
    assert Delivery.objects.count() == READERS
    move(entry, State.REMOVED)
    spread(10_000)
    assert not Delivery.objects.exists()


def test_who_pauses_while_mails_are_made_and_sent_gets_each_once(readers, say, ada, mailoutbox):
    say(ada)
    spread(10_000)
    Delivery.objects.update(due=timezone.now())

    def work(which: int) -> None:
        if which % 2:
            send_what_is_due(batch=5)
        else:
            for one in readers[which::4]:
                pause(one)

    side_by_side(work, 4)

    for one in readers:
        resume(one)
    Delivery.objects.filter(due__isnull=False).update(due=timezone.now())
    send_what_is_due()
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(one.address for one in readers)


def test_one_who_presses_the_button_twice_is_one_person(bob, discussion):
    follow(prove(at_address("bob@example.org")), discussion)
    member = subscriber_of(bob)

    side_by_side(lambda which: prove(Subscriber.objects.get(pk=member.pk)), 4)

    one = Subscriber.objects.get()
    assert (one.user, one.folded, one.subscriptions.count()) == (bob, "bob@example.org", 1)


def test_an_address_that_is_given_several_times_at_once_is_one_row(db):
    side_by_side(lambda which: at_address("new@example.org"), 4)

    assert Subscriber.objects.count() == 1
