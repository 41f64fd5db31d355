"""From a published comment to mails: to whom, once, when, and not any more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.moderation import decide
from smo_kit.comments.moves import move
from smo_kit.comments.services import edit
from smo_kit.comments.states import State
from smo_kit.mail.models import Mail
from smo_kit.mail.sending import send_what_is_due
from smo_kit.notify.fan_out import spread
from smo_kit.notify.mail_queue import collect
from smo_kit.notify.models import Announcement, Delivery, Subscription
from smo_kit.notify.services import end_all, follow, leave, mute, pause, resume, set_frequency
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


def to(mails) -> list[str]:
    return sorted(mail.to[0] for mail in mails)


class TestWhoHears:
    def test_publishing_writes_one_row(self, say, ada, reader):
        reader()
        entry = say(ada)
        assert list(Announcement.objects.values_list("pk", flat=True)) == [entry.pk]
        assert not Delivery.objects.exists()
        assert not Mail.objects.exists()

    def test_a_follower_does(self, say, ada, reader, deliver):
        reader()
        say(ada)
        (mail,) = deliver()
        assert mail.to == ["reader@example.org"]
        assert mail.subject == "Re: Bridges of stone"
        assert "The third arch is the oldest one." in mail.body
        assert "You get this because you follow this discussion." in mail.body

    def test_nobody_hears_of_his_own_comment(self, say, ada, by_mail, reader, discussion, deliver):
        follow(by_mail(ada), discussion)
        reader("guest")
        say(ada)
        say(name="Guest", email="Guest@example.org")
        assert to(deliver()) == ["ada@example.org", "guest@example.org"]

    def test_who_is_answered_does(self, say, ada, bob, by_mail, deliver):
        by_mail(ada)
        question = say(ada)
        say(bob, "It is the second one.", reply_to=question)
        (mail,) = deliver()
        assert "somebody has answered you" in mail.body

    def test_a_guest_who_is_answered_does_if_his_address_is_proved(self, say, bob, reader, deliver):
        reader("guest", follows=None, replies=True)
        question = say(name="Guest", email="guest@example.org")
        other = say(name="Other", email="other@example.org", text="Quite another thing.")
        say(bob, "It is the second one.", reply_to=question)
        say(bob, "That is so, too.", reply_to=other)
        assert to(deliver()) == ["guest@example.org"]

    def test_who_is_named_does(self, say, ada, bob, by_mail, deliver):
        by_mail(ada)
        say(ada)
        say(bob, "As @Ada says, it is the third one.")
        (mail,) = deliver()
        assert "speaks to you by name" in mail.body

    def test_whose_page_it_is_does(self, article, say, ada, bob, by_mail, deliver):
        article.author = ada
        article.save()
        by_mail(ada)
        say(bob)
        (mail,) = deliver()
        assert "a page of yours" in mail.body

    def test_a_member_without_mail_finds_it_on_the_site(self, say, ada, bob, deliver):
        question = say(ada)
        say(bob, "It is the second one.", reply_to=question)
        assert not deliver()
        assert Delivery.objects.get().subscriber.user == ada

    def test_several_reasons_are_one_mail(self, article, say, ada, bob, by_mail, discussion, deliver):
        article.author = ada
        article.save()
        follow(by_mail(ada), discussion)
        question = say(ada)
        say(bob, "Yes, @Ada, it is the second one.", reply_to=question)
        (mail,) = deliver()
        assert "somebody has answered you" in mail.body

    def test_who_has_muted_a_discussion_hears_not_even_answers(self, say, ada, bob, by_mail, discussion, deliver):
        mute(by_mail(ada), discussion)
        question = say(ada)
        say(bob, "It is the second one.", reply_to=question)
        assert not deliver()

    def test_who_has_left_still_hears_of_answers(self, say, ada, bob, by_mail, discussion, deliver):
        subscriber = by_mail(ada)
        follow(subscriber, discussion)
        question = say(ada)
        say(bob, "Another thing.")
        spread(100)
        leave(subscriber, discussion)
        say(bob, "It is the second one.", reply_to=question)
        (mail,) = deliver()
        assert "Another thing." not in mail.body

    def test_all_of_a_big_audience_do_once_each(self, monkeypatch, say, ada, reader, deliver):
        monkeypatch.setattr("smo_kit.notify.fan_out.CHUNK", 3)
        for number in range(8):
            reader(f"r{number}")
        say(ada)
        assert to(deliver()) == [f"r{number}@example.org" for number in range(8)]
        assert not Announcement.objects.exists()


class TestWhen:
    def test_comments_of_one_discussion_wait_for_each_other(self, say, ada, bob, reader, deliver):
        reader()
        say(ada)
        say(bob, "And the second?")
        (mail,) = deliver()
        assert "The third arch is the oldest one." in mail.body
        assert "And the second?" in mail.body

    def test_not_before_the_debounce_is_over(self, say, ada, reader, mailoutbox):
        reader()
        say(ada)
        send_what_is_due()
        assert not mailoutbox
        waits = Delivery.objects.get().due - timezone.now()
        assert dt.timedelta(minutes=4) < waits <= dt.timedelta(minutes=5)

    def test_a_held_comment_is_told_when_a_moderator_publishes_it(self, settings, say, ada, reader, deliver):
        settings.SMO_KIT = settings.SMO_KIT | {"COMMENTS": {"hold": "all"}}
        reader()
        entry = say(ada)
        assert not deliver()
        decide(entry, "publish")
        assert to(deliver()) == ["reader@example.org"]

    def test_never_twice(self, say, ada, reader, deliver):
        reader()
        entry = say(ada)
        assert len(deliver()) == 1
        move(entry, State.REMOVED)
        move(entry, State.PUBLISHED)
        assert not deliver()

    def test_what_is_withdrawn_before_is_told_when_it_is_published_again(self, say, ada, reader, deliver):
        reader()
        entry = say(ada)
        spread(100)
        move(entry, State.REMOVED)
        assert not deliver()
        move(entry, State.PUBLISHED)
        assert len(deliver()) == 1

    def test_a_digest_has_all_pages(self, say, ada, reader, deliver):
        other = Post.objects.create(slug="towers", title="Towers of wood")
        subscriber = reader(frequency="daily")
        follow(subscriber, discussion_of(other))
        say(ada)
        say(ada, "Of oak.", on=other)
        assert not deliver(hours=0.1)
        (mail,) = deliver(hours=25)
        assert mail.subject == "New comments: Bridges of stone, Towers of wood"
        assert "Of oak." in mail.body


class TestChanges:
    @pytest.fixture
    def bound(self, say, ada, reader):
        """A comment whose mail is in the outbox, and who is to get it."""
        subscriber = reader()
        entry = say(ada)
        spread(100)
        Delivery.objects.update(due=timezone.now())
        collect(100)
        assert Mail.objects.count() == 1
        return entry, subscriber

    def test_a_removed_comment_is_not_told(self, bound, deliver):
        move(bound[0], State.REMOVED)
        assert not deliver()

    def test_a_changed_comment_is_told_as_it_is(self, bound, deliver):
        edit(bound[0], "The fourth arch, I mean.")
        (mail,) = deliver()
        assert "The fourth arch, I mean." in mail.body

    def test_who_has_ended_all_gets_nothing(self, bound, deliver):
        end_all(bound[1])
        assert not deliver()

    def test_who_has_muted_it_gets_nothing(self, bound, discussion, deliver):
        mute(bound[1], discussion)
        assert not deliver()

    def test_a_pause_holds_it_back_and_its_end_sends_it(self, bound, deliver):
        pause(bound[1])
        assert not deliver(hours=10_000)
        resume(bound[1])
        assert len(deliver()) == 1

    def test_another_frequency_moves_it(self, bound, deliver):
        set_frequency(bound[1], "daily")
        assert not deliver(hours=0.01)
        assert len(deliver(hours=25)) == 1

    def test_an_erased_subscriber_gets_nothing(self, bound, deliver):
        bound[1].delete()
        assert not deliver()

    def test_a_deleted_comment_is_not_told(self, bound, deliver):
        bound[0].comment.delete()
        assert not deliver()
        assert not Delivery.objects.exists()

    def test_following_is_counted_once(self, reader, discussion):
        one = reader()
        follow(one, discussion)
        assert Subscription.objects.count() == 1
