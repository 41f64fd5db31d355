"""Which deliveries go into one mail, and what its link ends."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from smo_kit.comments.discussions import discussion_of
from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import renew
from smo_kit.mail.models import Mail
from smo_kit.mail.outbox import claim
from smo_kit.mail.sending import send_what_is_due
from smo_kit.notify import mail_queue
from smo_kit.notify.composing import compose
from smo_kit.notify.fan_out import spread
from smo_kit.notify.mail_queue import collect
from smo_kit.notify.models import Delivery, Subscriber
from smo_kit.notify.services import follow, pause, resume
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(db):
    """Make pages that a subscriber follows, each with a comment."""

    def pages(number: int, one: Subscriber, say, author, prefix: str = "p") -> None:
        for which in range(number):
            page = Post.objects.create(slug=f"{prefix}{which}", title=f"Page {prefix}{which}")
            follow(one, discussion_of(page))
            say(author, f"A line on {prefix}{which}.", on=page)

    return pages


def collected() -> list[Mail]:
    spread(10_000)
    Delivery.objects.update(due=timezone.now())
    while collect(100):
        pass
    return list(Mail.objects.order_by("pk"))


class TestAfterAPause:
    def test_all_comes_in_one_mail(self, reader, pages, say, bob, deliver):
        one = reader(follows=None)
        pause(one)
        pages(3, one, say, bob)
        assert not deliver()
        resume(one)
        (mail,) = deliver()
        assert all(f"A line on p{number}." in mail.body for number in range(3))

    def test_also_when_it_ends_by_itself(self, reader, pages, say, bob, deliver):
        one = reader(follows=None, paused_until=timezone.now())
        pages(2, one, say, bob)
        spread(100)
        Subscriber.objects.update(paused_until=timezone.now())
        assert len(deliver()) == 1

    def test_later_news_come_in_mails_of_their_own(self, reader, pages, say, bob, deliver):
        one = reader(follows=None)
        pause(one)
        resume(one)
        pages(2, one, say, bob)
        assert len(deliver()) == 2


class TestTheLinkToEnd:
    def ended(self, client, mail) -> str:
        client.post(mail.extra_headers["List-Unsubscribe"].strip("<>"), {"List-Unsubscribe": "One-Click"})
        return Subscriber.objects.get().frequency

    def test_of_a_digest_ends_all(self, client, reader, say, bob, deliver):
        reader(frequency="weekly")
        say(bob)
        (mail,) = deliver(hours=8 * 24)
        assert self.ended(client, mail) == "never"

    def test_of_a_mail_about_one_discussion_does_not(self, client, reader, say, bob, deliver):
        reader()
        say(bob)
        (mail,) = deliver()
        assert self.ended(client, mail) == "instant"


class TestMany:
    def test_as_many_as_there_is_room_for_are_taken_at_once(self, reader, pages, say, bob, monkeypatch):
        monkeypatch.setattr(mail_queue, "MOST_ROWS", 3)
        seen = []
        groups = mail_queue._groups
        monkeypatch.setattr(mail_queue, "_groups", lambda rows, of: (seen.append(len(rows)), groups(rows, of))[1])
        pages(2, reader("one", follows=None, frequency="daily"), say, bob, "a")
        pages(2, reader("two", follows=None, frequency="daily"), say, bob, "b")
        assert len(collected()) == 2
        assert seen == [2, 2]

    def test_more_than_there_is_room_for_of_one_go_into_several_mails(self, reader, pages, say, bob, monkeypatch):
        monkeypatch.setattr(mail_queue, "MOST_ROWS", 3)
        pages(4, reader(follows=None, frequency="daily"), say, bob)
        assert len(collected()) == 2
        assert not Delivery.objects.filter(mail_key="").exists()

    def test_a_mail_about_many_pages_needs_no_more_queries(self, reader, pages, say, bob):
        numbers = []
        for number in (2, 12):
            pages(number, reader(f"r{number}", follows=None, frequency="daily"), say, bob, f"n{number}x")
            mail = collected()[-1]
            renew(registration_of(Post), list(Post.objects.all()))  # their cards are known, as after each change
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                assert len(compose([mail])[mail.pk].tells) == number
            numbers.append(len(queries))
        assert numbers[0] == numbers[1]


class TestSites:
    @pytest.fixture(autouse=True)
    def news(self, reader, say, bob):
        reader()
        say(bob)
        spread(100)
        Delivery.objects.update(due=timezone.now())

    def test_what_is_due_elsewhere_is_left_to_its_workers(self, settings):
        settings.SITE_ID = 2
        assert collect(100) == 0
        settings.SITE_ID = 1
        assert collect(100) == 1

    def test_a_mail_that_is_written_when_it_goes_out_is_sent_by_its_own_site(self, settings, mailoutbox):
        collect(100)
        settings.SITE_ID = 2
        assert not claim(10, 60, "other")
        send_what_is_due()
        assert Mail.objects.get().state == "waiting"
        settings.SITE_ID = 1
        send_what_is_due()
        assert len(mailoutbox) == 1
