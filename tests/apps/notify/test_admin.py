"""Subscribers in the admin."""

from __future__ import annotations

import datetime as dt
import re
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import renew
from smo_kit.mail.models import Mail
from smo_kit.mail.suppression import suppress
from smo_kit.notify.due_times import FOREVER
from smo_kit.notify.fan_out import spread
from smo_kit.notify.health import overdue
from smo_kit.notify.mail_queue import collect
from smo_kit.notify.models import Announcement, Delivery, Subscriber, Subscription
from smo_kit.notify.subscribers import at_address
from tests.apps.staff import browser_of, staff
from tests.blog.models import Post

pytestmark = pytest.mark.django_db

LIST = "admin:smo_notify_subscriber_changelist"


def page_of(subscriber: Subscriber) -> str:
    return reverse("admin:smo_notify_subscriber_change", args=[subscriber.pk])


def listed(client: Client, **asked: str) -> set[str]:
    return {one.address for one in client.get(reverse(LIST), asked).context["cl"].result_list}


def act(client: Client, name: str, *subscribers: Subscriber) -> str:
    data = {"action": name, "_selected_action": [one.pk for one in subscribers]}
    return client.post(reverse(LIST), data, follow=True).content.decode()


def person(*codenames: str) -> Client:
    return browser_of(staff(*codenames, app="smo_notify"))


class TestList:
    def test_it_says_who_hears_what(self, admin_client, reader, say, ada, deliver):
        one = reader()
        say(ada)
        deliver()
        (row,) = admin_client.get(reverse(LIST)).context["cl"].result_list
        assert (row, row.number, row.last.date()) == (one, 1, timezone.now().date())

    def test_it_is_searched_by_address_and_member(self, admin_client, reader, by_mail, ada):
        reader("carl")
        by_mail(ada)
        assert listed(admin_client, q="carl@") == {"carl@example.org"}
        assert listed(admin_client, q="ada") == {"ada@example.org"}

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"frequency__exact": "daily"}, {"daily"}),
            ({"proved": "no"}, {"new"}),
            ({"proved": "yes"}, {"daily", "away", "gone"}),
            ({"paused": "yes"}, {"away"}),
            ({"paused": "no"}, {"daily", "new", "gone"}),
            ({"suppressed": "yes"}, {"gone"}),
        ],
    )
    def test_it_is_narrowed(self, admin_client, reader, asked, found):
        reader("daily", frequency="daily")
        reader("away", paused_until=FOREVER)
        reader("gone")
        suppress("gone@example.org")
        at_address("new@example.org")
        assert listed(admin_client, **asked) == {f"{name}@example.org" for name in found}

    def test_nobody_is_suppressed_where_no_address_is(self, admin_client, reader):
        reader()
        assert listed(admin_client, suppressed="yes") == set()

    def test_who_is_suppressed_is_found_by_his_mark(self, admin_client, reader):
        reader("gone")
        reader("here")
        suppress("gone@example.org")
        with mock.patch("smo_kit.notify.filters.Subscriber") as walked:
            assert listed(admin_client, suppressed="yes") == {"gone@example.org"}
        assert not walked.mock_calls

    def test_who_is_suppressed_is_found_after_the_key_has_changed(self, admin_client, reader):
        reader("gone")
        suppress("gone@example.org")
        reader("here")
        with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
            admin_client.force_login(User.objects.get(is_superuser=True))
            reader("later")
            suppress("here@example.org")
            assert listed(admin_client, suppressed="yes") == {"gone@example.org", "here@example.org"}

    def test_it_shows_why_somebody_gets_no_mail(self, admin_client, reader):
        reader("away", paused_until=FOREVER)
        reader("back", paused_until=timezone.now() + dt.timedelta(days=1))
        reader("gone")
        reader("silent", frequency="never")
        suppress("gone@example.org")
        at_address("new@example.org")
        page = admin_client.get(reverse(LIST)).content.decode()
        for words in ("address is suppressed", "paused<", "paused until", "gets no mail", "address is not proved"):
            assert words in page

    def test_it_asks_the_database_no_more_for_more_rows(self, admin_client, reader, django_assert_num_queries):
        reader("r0")
        admin_client.get(reverse(LIST))
        with CaptureQueriesContext(connection) as few:
            admin_client.get(reverse(LIST))
        for number in range(1, 6):
            reader(f"r{number}")
        with django_assert_num_queries(len(few)):
            admin_client.get(reverse(LIST))

    def test_subscribers_of_another_site_are_not_there(self, admin_client, reader):
        reader(site_id=2)
        assert listed(admin_client) == set()


class TestPage:
    def test_it_says_what_became_of_each_notification(self, article, admin_client, reader, say, ada, bob, deliver):
        renew(registration_of(Post), [article])
        one = reader()
        say(ada)
        deliver()
        say(bob, "And the second?")
        spread(100)
        page = admin_client.get(page_of(one)).content.decode()
        assert "Bridges of stone" in page
        assert "mail: sent" in page
        assert "waits until" in page
        assert reverse("admin:smo_mail_mail_change", args=[Mail.objects.get().pk]) in page

    def test_it_says_what_is_only_on_the_site_and_what_is_read(self, admin_client, say, ada, bob):
        question = say(ada)
        say(bob, "It is the second one.", reply_to=question)
        spread(100)
        row = Delivery.objects.get()
        assertContains(admin_client.get(page_of(row.subscriber)), "only on the site")
        Delivery.objects.update(read_at=timezone.now())
        assertContains(admin_client.get(page_of(row.subscriber)), "read on the site")

    def test_a_subscription_is_taken_away_and_none_is_added(self, admin_client, reader):
        one = reader()
        row = Subscription.objects.get()
        form = {
            "frequency": "instant",
            "replies": "on",
            "subscriptions-TOTAL_FORMS": "1",
            "subscriptions-INITIAL_FORMS": "1",
            "subscriptions-0-id": str(row.pk),
            "subscriptions-0-subscriber": str(one.pk),
            "subscriptions-0-DELETE": "on",
        }
        assert admin_client.post(page_of(one), form).status_code == 302
        assert not Subscription.objects.exists()

    def test_another_frequency_moves_what_waits(self, admin_client, reader, say, ada):
        one = reader()
        say(ada)
        spread(100)
        form = {"frequency": "never", "subscriptions-TOTAL_FORMS": "0", "subscriptions-INITIAL_FORMS": "0"}
        admin_client.post(page_of(one), form)
        assert Delivery.objects.get().due is None

    def test_nobody_is_added_by_hand(self, admin_client):
        assert admin_client.get(reverse("admin:smo_notify_subscriber_add")).status_code == 403

    def test_a_person_is_deleted_with_all_that_he_was_told(self, admin_client, reader, say, ada):
        one = reader()
        say(ada)
        spread(100)
        url = reverse("admin:smo_notify_subscriber_delete", args=[one.pk])
        assertContains(admin_client.get(url), "reader@example.org")
        admin_client.post(url, {"post": "yes"})
        assert not Delivery.objects.exists()

    def test_it_is_made_by_few_queries(self, admin_client, reader, say, ada, django_assert_max_num_queries):
        one = reader()
        for number in range(5):
            say(ada, f"The third arch is the oldest one, number {number}.")
        spread(100)
        with django_assert_max_num_queries(18):
            admin_client.get(page_of(one))

    def test_a_guest_without_mail_has_no_list_on_the_site(self, admin_client, reader, by_mail, ada):
        guest, member = reader(frequency="never"), by_mail(ada, frequency="never")
        assertNotContains(admin_client.get(page_of(guest)), "only on the site")
        assertContains(admin_client.get(page_of(member)), "never: only on the site")
        assertContains(admin_client.get(reverse(LIST)), '<td class="field-pace">never</td>', html=True)

    def test_what_was_mailed_and_read_is_both(self, admin_client, reader, say, ada, deliver):
        one = reader()
        say(ada)
        deliver()
        Delivery.objects.update(read_at=timezone.now())
        assertContains(admin_client.get(page_of(one)), "mail: sent; read on the site")

    def test_addresses_are_as_people_read_them_and_not_endless(self, admin_client):
        at_address("grace@xn--bcher-kva.example")
        at_address(f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example")
        page = admin_client.get(reverse(LIST)).content.decode()
        assert "grace@bücher.example" in page
        assert f">{'a' * 49}…<" in page


class TestActions:
    @pytest.fixture
    def on_commit(self, django_capture_on_commit_callbacks):
        return django_capture_on_commit_callbacks

    def test_what_waits_is_sent_now(self, admin_client, reader, say, ada, mailoutbox, on_commit):
        one = reader(frequency="weekly")
        say(ada)
        spread(100)
        with on_commit(execute=True):
            assert "1 notification goes out now." in act(admin_client, "send_now", one)
        assert [mail.to for mail in mailoutbox] == [["reader@example.org"]]

    def test_who_gets_no_mail_is_sent_none(self, admin_client, reader, say, ada):
        one = reader(frequency="weekly")
        say(ada)
        spread(100)
        Subscriber.objects.update(confirmed_at=None)
        assert "0 notifications go out now." in act(admin_client, "send_now", one)

    def test_who_is_away_is_sent_none(self, admin_client, reader, say, ada):
        one = reader()
        say(ada)
        spread(100)
        Subscriber.objects.update(paused_until=FOREVER)
        assert "0 notifications go out now." in act(admin_client, "send_now", one)

    @pytest.mark.parametrize("action", ["send_now", "pause_week", "end_mails"])
    def test_many_are_dealt_with_in_as_many_queries_as_few(self, admin_client, reader, say, ada, action):
        numbers = []
        for name, number in (("a", 2), ("b", 12)):
            some = [reader(f"{name}{which}") for which in range(number)]
            say(ada, f"Something for all {number} of them.")
            spread(100)
            with CaptureQueriesContext(connection) as queries:
                data = {"action": action, "_selected_action": [one.pk for one in some]}
                assert admin_client.post(reverse(LIST), data).status_code == 302
            numbers.append(len(queries))
        assert numbers[1] - numbers[0] < 5

    def test_what_waits_in_the_outbox_of_many_waits_with_them(self, admin_client, reader, say, ada, deliver):
        some = [reader("daily", frequency="daily"), reader("weekly", frequency="weekly"), reader("other")]
        say(ada)
        spread(100)
        Delivery.objects.update(due=timezone.now())
        collect(100)
        data = {"action": "pause_week", "_selected_action": [one.pk for one in some[:2]]}
        admin_client.post(reverse(LIST), data)
        assert [mail.to for mail in deliver()] == [["other@example.org"]]
        Subscriber.objects.update(paused_until=None)
        assert len(deliver(hours=15 * 24)) == 2

    def test_a_pause(self, admin_client, reader):
        assert "1 person is paused for a week." in act(admin_client, "pause_week", reader())
        assert Subscriber.objects.get().paused_until > timezone.now() + dt.timedelta(days=6)

    def test_the_end(self, admin_client, reader):
        act(admin_client, "end_mails", reader())
        assert Subscriber.objects.get().frequency == "never"

    def test_an_address_is_doubted(self, admin_client, reader, say, ada, deliver):
        one = reader()
        say(ada)
        spread(100)
        assert "1 person is asked by mail." in act(admin_client, "ask_again", one)
        one.refresh_from_db()
        assert one.confirmed_at is None
        (mail,) = deliver()
        assert mail.subject == "Confirm your address"
        assert listed(admin_client, proved="no") == {"reader@example.org"}

    def test_who_answers_a_doubt_has_what_he_had_chosen(self, admin_client, client, reader):
        one = reader(replies=False, frequency="weekly")
        act(admin_client, "ask_again", one)
        client.post(re.search(r"https?://[^/\s]+(/\S+)", Mail.objects.get().text)[1])
        one.refresh_from_db()
        assert one.confirmed_at is not None
        assert (one.replies, one.frequency) == (False, "weekly")

    def test_who_is_doubted_reads_what_it_is_about(self, admin_client, reader):
        act(admin_client, "ask_again", reader())
        text = Mail.objects.get().text
        assert "Please confirm once more that it is yours." in text
        assert "wants" not in text
        assert "no more mail comes" not in text

    def test_an_address_is_not_pestered(self, admin_client, reader):
        one = reader()
        for _ in range(3):
            act(admin_client, "ask_again", one)
        assert "Try again later" in act(admin_client, "ask_again", one)

    def test_who_may_only_look_does_nothing(self, reader):
        one = reader()
        client = person("view_subscriber")
        assert client.get(page_of(one)).status_code == 200
        act(client, "end_mails", one)
        assert Subscriber.objects.get().frequency == "instant"


class TestHealth:
    def test_what_waits_for_nobody_is_said_with_its_cure(self, admin_client, say, ada):
        say(ada)
        assertNotContains(admin_client.get(reverse(LIST)), "smo_send_mail")
        Announcement.objects.update(created=timezone.now() - dt.timedelta(minutes=11))
        page = admin_client.get(reverse(LIST))
        assertContains(page, "smo_send_mail --every 60")
        assertContains(page, "or the mail server takes nothing")

    def test_another_sites_work_is_that_sites(self, settings, admin_client, say, ada):
        say(ada)
        Announcement.objects.update(created=timezone.now() - dt.timedelta(minutes=11))
        settings.SITE_ID = 2
        assert not overdue()

    def test_a_pause_is_no_trouble(self, admin_client, reader, say, ada):
        reader(paused_until=FOREVER)
        say(ada)
        spread(100)
        assertNotContains(admin_client.get(reverse(LIST)), "smo_send_mail")


def test_the_settings_have_a_part_for_notifications(admin_client):
    assertContains(admin_client.get("/admin/smo_core/settings/notify/"), "Hour of the digest")
