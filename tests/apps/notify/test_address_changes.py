"""A member's address: it may change, and then gets no mail until it is proved."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.mail.models import Mail
from smo_kit.notify.fan_out import catch_up, spread
from smo_kit.notify.links import manage_url
from smo_kit.notify.mail_queue import collect
from smo_kit.notify.models import Delivery, Subscriber
from smo_kit.notify.services import follow, pause
from smo_kit.notify.subscribers import at_address, prove, subscriber_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(discussion, say, ada, bob, by_mail):
    """Ada follows a discussion, and is to be told of a comment."""
    follow(by_mail(ada), discussion)
    say(bob)
    spread(100)
    return ada


def move(user, address: str) -> Subscriber:
    user.email = address
    user.save()
    return Subscriber.objects.get(user=user)


class TestAnotherAddress:
    def test_and_links_of_mails_to_the_old_one_show_nothing(self, told, client):
        old = manage_url(Subscriber.objects.get(user=told))
        move(told, "ada@elsewhere.example")
        assert client.get(old).status_code == 410

    def test_gets_no_mail(self, told, deliver):
        row = move(told, "ada@elsewhere.example")
        assert (row.address, row.folded, row.confirmed_at) == ("ada@elsewhere.example", None, None)
        assert not deliver(hours=100)

    def test_gets_none_that_waits_in_the_outbox(self, told, deliver):
        Delivery.objects.update(due=timezone.now())
        collect(100)
        move(told, "ada@elsewhere.example")
        assert not deliver(hours=100)
        assert Mail.objects.get().state == "recalled"

    def test_gets_what_is_new_when_it_is_proved(self, told, say, bob, deliver):
        prove(move(told, "ada@elsewhere.example"))
        say(bob, "And the second?")
        (mail,) = deliver()
        assert mail.to == ["ada@elsewhere.example"]
        assert "And the second?" in mail.body

    def test_none_at_all_stops_nobody_elses_mail(self, told, reader, say, bob, deliver):
        reader()
        move(told, "")
        say(bob, "And the second?")
        assert [mail.to for mail in deliver()] == [["reader@example.org"]]

    def test_one_that_is_none_is_no_address(self, told):
        assert move(told, "ada at example").address == ""

    def test_another_name_changes_nothing(self, told):
        told.first_name = "Augusta"
        told.save()
        assert Subscriber.objects.get(user=told).confirmed_at is not None

    def test_the_time_of_the_last_visit_asks_nothing(self, told, django_assert_num_queries):
        told.last_login = timezone.now()
        with django_assert_num_queries(1):
            told.save(update_fields=["last_login"])


class TestAClosedAccount:
    @pytest.fixture
    def closed(self, ada):
        ada.is_active = False
        ada.save()

    def test_gets_no_mail_of_what_it_follows(self, told, closed, deliver):
        assert not deliver()

    def test_hears_of_no_answers(self, ada, bob, by_mail, say, closed, deliver):
        by_mail(ada)
        say(bob, reply_to=say(ada))
        assert not deliver()
        assert not Delivery.objects.filter(subscriber__user=ada).exists()


def test_what_is_due_to_somebody_without_mail_stays_on_the_site(told, mailoutbox):
    Subscriber.objects.update(confirmed_at=None)
    Delivery.objects.update(due=timezone.now())
    collect(100)
    row = Delivery.objects.get()
    assert (row.due, row.mail_key) == (None, "")
    assert not Mail.objects.exists()


class TestOnePerson:
    def test_a_guests_row_becomes_the_members(self, ada, reader, discussion):
        reader("ada")
        member = prove(subscriber_of(ada))
        assert Subscriber.objects.get() == member
        assert (member.user, member.frequency) == (ada, "instant")
        assert member.subscriptions.get().discussion == discussion

    def test_another_member_who_had_the_address_keeps_no_link_to_it(self, ada, bob, by_mail):
        by_mail(bob)
        Subscriber.objects.filter(user=bob).update(folded="ada@example.org")
        prove(subscriber_of(ada))
        before = Subscriber.objects.get(user=bob)
        assert (before.folded, before.mark, before.generation) == (None, "", 1)

    def test_what_a_stranger_asked_for_is_not_the_members_wish(self, ada):
        at_address("ada@example.org")
        assert prove(subscriber_of(ada)).frequency == "never"

    def test_his_own_settings_count(self, ada, reader, by_mail):
        member = by_mail(ada, frequency="weekly", folded=None, confirmed_at=None)
        reader("ada")
        assert prove(member).frequency == "weekly"


def test_who_proves_his_address_late_is_not_told_of_what_is_long_past(say, ada, reader, discussion):
    one = reader(created=timezone.now() - dt.timedelta(days=300))
    entry = say(ada)
    type(entry).objects.update(published_at=timezone.now() - dt.timedelta(days=3))
    catch_up(one, discussion.pk)
    assert not Delivery.objects.exists()
    type(entry).objects.update(published_at=timezone.now() - dt.timedelta(hours=3))
    catch_up(one, discussion.pk)
    assert Delivery.objects.get().entry_id == entry.pk


def test_a_paused_member_who_moves_is_told_nothing(told, deliver):
    pause(Subscriber.objects.get(user=told))
    move(told, "ada@elsewhere.example")
    assert Delivery.objects.get().due is None
