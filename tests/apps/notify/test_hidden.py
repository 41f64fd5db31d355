"""A page is hidden when the mail is due that tells of it: nothing of it is told then, and nothing is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from smo_kit.comments.discussions import discussion_of
from smo_kit.notify.fan_out import spread
from smo_kit.notify.models import Delivery
from smo_kit.notify.services import follow
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def tower(db):
    return Post.objects.create(slug="towers", title="Towers of wood")


def show(page: Post, *, is_public: bool) -> None:
    page.is_public = is_public
    page.save()
    cache.clear()


def test_its_news_come_when_it_is_back(article, reader, say, bob, deliver):
    reader()
    say(bob)
    show(article, is_public=False)
    assert not deliver()
    show(article, is_public=True)
    assert not deliver(hours=23)
    assert len(deliver(hours=25)) == 1


def test_what_else_is_in_the_digest_is_told_and_the_rest_later(tower, reader, discussion, say, bob, deliver):
    follow(reader(frequency="daily"), discussion_of(tower))
    say(bob, "On the first page.")
    say(bob, "Of oak.", on=tower)
    show(tower, is_public=False)
    (mail,) = deliver(hours=25)
    assert "On the first page." in mail.body
    assert "Of oak." not in mail.body
    assert Delivery.objects.get(discussion=discussion_of(tower)).told_at is None
    show(tower, is_public=True)
    (mail,) = deliver(hours=25)
    assert "Of oak." in mail.body


def test_many_hidden_ones_leave_room_for_the_others(settings, tower, reader, discussion, say, bob, deliver):
    settings.SMO_KIT["NOTIFY"]["digest_items"] = 2
    one = reader(frequency="daily")
    follow(one, discussion_of(tower))
    for number in range(3):
        say(bob, f"Number {number} of those that nobody may see.", on=tower)
    say(bob, "One that all see.")
    show(tower, is_public=False)
    (mail,) = deliver(hours=25)
    assert "One that all see." in mail.body
    assert "more comment" not in mail.body


def test_what_is_counted_as_more_is_told(settings, reader, say, bob, deliver):
    settings.SMO_KIT["NOTIFY"]["digest_items"] = 1
    reader(frequency="daily")
    say(bob, "One.")
    say(bob, "Two.")
    (mail,) = deliver(hours=25)
    assert "and 1 more comment" in mail.body
    assert not Delivery.objects.filter(told_at=None).exists()


def test_one_that_stays_hidden_is_given_up_in_the_end(article, reader, say, bob, deliver):
    reader()
    say(bob)
    show(article, is_public=False)
    spread(100)
    Delivery.objects.update(created=timezone.now() - dt.timedelta(days=91))
    deliver()
    deliver()
    row = Delivery.objects.get()
    assert (row.due, row.mail_key, row.told_at) == (None, "", None)
