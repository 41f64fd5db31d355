"""What is announced reaches those who are to hear of it, whatever becomes of others' news."""

from __future__ import annotations

import datetime as dt
import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_comments.models import Comment

from smo_kit.comments.models import Entry
from smo_kit.comments.moves import move
from smo_kit.comments.states import State
from smo_kit.mail.addresses import mark
from smo_kit.notify import fan_out
from smo_kit.notify.fan_out import PAUSE, spread
from smo_kit.notify.health import overdue
from smo_kit.notify.models import Announcement, Delivery, Subscriber
from smo_kit.notify.services import ask, confirm
from smo_kit.notify.subscribers import subscriber_of
from smo_kit.notify.sweeps import sweep_deliveries

pytestmark = pytest.mark.django_db


class TestOneThatFails:
    @pytest.fixture
    def broken(self, reader, say, bob, monkeypatch):
        """The first of two announcements can't be expanded."""
        reader()
        first = say(bob)
        say(bob, "The second one, all well.")
        works = fan_out._spoken_to

        def fails(entry):
            if entry == first:
                raise ValueError("a comment that can't be expanded")
            return works(entry)

        monkeypatch.setattr(fan_out, "_spoken_to", fails)
        return first

    def test_it_holds_up_nobody_else(self, broken, deliver):
        (mail,) = deliver()
        assert "The second one, all well." in mail.body
        assert Announcement.objects.get().entry == broken

    def test_it_is_tried_again(self, broken, monkeypatch, deliver):
        deliver()
        monkeypatch.undo()
        assert not deliver()
        Announcement.objects.update(due=timezone.now() - PAUSE)
        assert len(deliver()) == 1

    def test_it_is_overdue_in_the_end(self, broken):
        spread(100)
        assert overdue(timezone.now() + dt.timedelta(minutes=11)) >= 1
        Delivery.objects.all().delete()
        assert overdue(timezone.now() + dt.timedelta(minutes=11)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_that_was_joined_with_another_meanwhile_is_no_error(reader, say, bob, monkeypatch):
    reader()
    say(bob)
    works, left = fan_out._deliver, [1]

    def meets(entry, people):
        if left:
            left.pop()
            raise IntegrityError("the subscriber is not there any more")
        return works(entry, people)

    monkeypatch.setattr(fan_out, "_deliver", meets)
    spread(100)
    assert Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_comment_that_somebody_has_in_hand_holds_up_no_other(reader, say, bob):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one lock for all")
    reader()
    first = say(bob)
    second = say(bob, "The second one is free.")

    def work():
        with suppress(Exception):
            spread(100)
        connection.close()

    with transaction.atomic():
        list(Entry.objects.select_for_update().filter(pk=first.pk))
        worker = threading.Thread(target=work)
        worker.start()
        worker.join()
    assert list(Delivery.objects.values_list("entry", flat=True)) == [second.pk]


class TestPublishedAgain:
    @pytest.fixture
    def old(self, reader, say, bob, deliver):
        """A comment that was told so long ago that nobody knows of it any more."""
        reader()
        entry = say(bob)
        deliver()
        before = timezone.now() - dt.timedelta(days=91)
        Delivery.objects.update(created=before)
        sweep_deliveries()
        Entry.objects.update(published_at=before)
        entry.refresh_from_db()
        return entry

    def test_it_is_told_nobody_twice(self, old, deliver):
        move(old, State.HELD)
        move(old, State.PUBLISHED)
        assert not deliver()

    def test_one_that_waited_long_for_its_first_time_is_told(self, settings, reader, say, bob, deliver):
        settings.SMO_KIT = settings.SMO_KIT | {"COMMENTS": {"hold": "all"}}
        reader()
        entry = say(bob)
        Comment.objects.update(submit_date=timezone.now() - dt.timedelta(days=91))
        move(entry, State.PUBLISHED)
        assert len(deliver()) == 1


class TestCatchingUp:
    @pytest.fixture
    def proved(self, ada, bob, discussion, say, deliver):
        """A member of old asks for mail; comments come before and after, and then she proves her address."""
        one = subscriber_of(ada)
        Subscriber.objects.filter(pk=one.pk).update(created=timezone.now() - dt.timedelta(days=300))
        early = say(bob, "Before she asked for anything.")
        Entry.objects.filter(pk=early.pk).update(published_at=timezone.now() - dt.timedelta(hours=1))
        deliver()
        ask("", discussion, language="en", frequency="instant", user=ada)
        say(bob, "Between the wish and the proof.")
        say(bob, "And a second word.")
        deliver()
        return confirm(one.pk, mark("ada@example.org"), discussion)

    def test_what_came_since_the_wish_is_told(self, proved, deliver):
        (mail,) = deliver()
        assert mail.body.index("Between the wish and the proof.") < mail.body.index("And a second word.")

    def test_what_came_before_is_not(self, proved, deliver):
        (mail,) = deliver()
        assert "Before she asked" not in mail.body

    def test_what_she_has_read_on_the_site_is_not(self, proved, deliver):
        Delivery.objects.update(read_at=timezone.now(), due=None)
        fan_out.catch_up(proved, proved.subscriptions.get().discussion_id)
        assert not deliver()


class TestSites:
    @pytest.fixture
    def elsewhere(self, settings):
        """This process serves another site of the same database."""

        def elsewhere(number: int = 2) -> None:
            settings.SITE_ID = number

        return elsewhere

    def test_news_of_another_site_are_left_to_its_workers(self, settings, elsewhere, by_mail, say, ada, bob, deliver):
        own = settings.SITE_ID
        by_mail(ada)
        question = say(ada)
        deliver()
        say(bob, "It is the second one.", reply_to=question)
        elsewhere()
        assert spread(100) == 0
        elsewhere(own)
        assert len(deliver()) == 1
