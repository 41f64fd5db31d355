"""Whatever happens between a comment and its mail: each hears of it once, or not at all if he must not."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone

from smo_kit.comments.moves import move
from smo_kit.comments.services import edit
from smo_kit.comments.states import State
from smo_kit.mail import outbox
from smo_kit.mail.models import Mail
from smo_kit.mail.models import State as MailState
from smo_kit.mail.outbox import send_again
from smo_kit.mail.sending import send_what_is_due
from smo_kit.mail.writing import Pen
from smo_kit.notify import fan_out, mail_queue, services, subscribers
from smo_kit.notify.due_times import FOREVER
from smo_kit.notify.fan_out import spread
from smo_kit.notify.mail_queue import collect
from smo_kit.notify.models import Announcement, Delivery, Subscriber
from smo_kit.notify.subscribers import prove
from tests.apps.mail.conftest import sink  # noqa: F401
from tests.apps.mail.sink import HANG_UP, OK, SILENCE, always

pytestmark = pytest.mark.django_db

STAGES = ("announced", "spread", "collected", "claimed", "composed")


@pytest.fixture(params=STAGES)
def stage(request):
    return request.param


@pytest.fixture
def at(stage, monkeypatch, mailoutbox):
    """Let something happen when the comment has come so far; then workers do the rest. Return what was sent."""

    def at(happens) -> list:
        if stage != "announced":
            spread(100)
        Delivery.objects.filter(due__isnull=False).update(due=timezone.now())
        if stage not in {"announced", "spread"}:
            collect(100)
        if stage in {"claimed", "composed"}:
            _at_composing(monkeypatch, happens, before=stage == "claimed")
        else:
            happens()
        _work()
        return mailoutbox

    return at


def _at_composing(monkeypatch, happens, *, before: bool) -> None:
    prepare, left = Pen.prepare, [happens]

    def prepared(pen, mails) -> None:
        if before and left:
            left.pop()()
        prepare(pen, mails)
        if left:
            left.pop()()

    monkeypatch.setattr(Pen, "prepare", prepared)


def _work() -> None:
    """Let workers do what there is, and the time pass that readers have not put off."""
    for _ in range(2):
        send_what_is_due()
        now = timezone.now()
        Delivery.objects.filter(due__gt=now, due__year__lt=9000).update(due=now)
    send_what_is_due()


class TestOfTheComment:
    @pytest.fixture
    def entry(self, reader, say, ada):
        reader()
        return say(ada)

    def test_removed_it_is_not_told_but_by_a_mail_that_is_on_its_way(self, entry, at, stage):
        sent = at(lambda: move(entry, State.REMOVED))
        assert len(sent) == (stage == "composed")

    def test_removed_and_published_again_it_is_told_once(self, entry, at):
        def happens() -> None:
            move(entry, State.REMOVED)
            move(entry, State.PUBLISHED)

        assert len(at(happens)) == 1
        move(entry, State.REMOVED)
        move(entry, State.PUBLISHED)
        assert len(at(lambda: None)) == 1

    def test_published_again_after_workers_have_seen_it_gone_it_is_told_once(self, entry, at):
        at(lambda: move(entry, State.REMOVED))
        move(entry, State.PUBLISHED)
        assert len(at(lambda: None)) == 1

    def test_edited_it_is_told_as_it_is(self, entry, at, stage):
        (mail,) = at(lambda: edit(entry, "The fourth arch, I mean."))
        assert ("The fourth arch, I mean." in mail.body) == (stage != "composed")

    def test_erased_it_leaves_nothing(self, entry, at, stage):
        assert len(at(entry.comment.delete)) == (stage == "composed")
        assert not Delivery.objects.exists()
        assert not Announcement.objects.exists()


class TestOfTheSubscriber:
    @pytest.fixture
    def someone(self, reader, say, ada):
        one = reader()
        say(ada)
        return one

    @pytest.mark.parametrize("verb", ["mute", "leave", "end_all", "delete"])
    def test_who_wants_no_more_gets_nothing_but_a_mail_that_is_on_its_way(self, someone, discussion, at, stage, verb):
        happens = {
            "mute": lambda: services.mute(someone, discussion),
            "leave": lambda: services.leave(someone, discussion),
            "end_all": lambda: services.end_all(someone),
            "delete": someone.delete,
        }
        assert len(at(happens[verb])) == (stage == "composed")

    def test_who_pauses_gets_it_once_when_he_is_back(self, someone, at, stage):
        sent = at(lambda: services.pause(someone))
        assert len(sent) == (stage == "composed")
        services.resume(someone)
        _work()
        assert len(sent) == 1

    def test_who_wants_a_digest_gets_it_once(self, someone, at):
        assert len(at(lambda: services.set_frequency(someone, "daily"))) == 1

    def test_one_who_pauses_just_when_his_mail_is_made_gets_it_when_he_is_back(self, someone, at, stage, mailoutbox):
        def happens() -> None:  # as if his transaction had come true after the rows were read
            Subscriber.objects.update(paused_until=FOREVER)

        at(happens)
        Subscriber.objects.update(paused_until=None)
        Delivery.objects.filter(due__isnull=False).update(due=timezone.now())
        _work()
        assert len(mailoutbox) == 1


class TestOfTheAddress:
    @pytest.fixture
    def member(self, bob, by_mail, discussion, say, ada):
        services.follow(by_mail(bob), discussion)
        say(ada)
        return bob

    def _moves(self, member) -> None:
        member.email = "bob@new.example.org"
        member.save()

    def test_a_new_one_gets_nothing_before_it_is_proved(self, member, at, stage):
        sent = at(lambda: self._moves(member))
        assert len(sent) == (stage == "composed")
        assert Delivery.objects.filter(subscriber__user=member).count() == 1

    def test_a_new_one_that_is_proved_gets_it_once(self, member, at, stage, monkeypatch):
        for module in (subscribers, "smo_kit.notify.address_proofs"):
            name = module if isinstance(module, str) else module.__name__
            monkeypatch.setattr(f"{name}.is_proved", lambda user: True)
        (mail,) = at(lambda: self._moves(member))
        assert mail.to == ["bob@example.org" if stage == "composed" else "bob@new.example.org"]

    def test_none_at_all_stops_nobody_elses_mail(self, member, reader, say, ada, at, stage):
        reader("other")

        def happens() -> None:
            Subscriber.objects.filter(user=member).update(address="")

        sent = at(happens)
        say(ada, "Another thing.")
        _work()
        assert [mail.to for mail in sent if "Another thing." in mail.body] == [["other@example.org"]]

    def test_that_turns_out_to_be_a_members_gets_it_once(self, reader, bob, say, ada, at):
        reader("Bob")
        say(ada)

        def happens() -> None:
            prove(subscribers.subscriber_of(bob, language="en"))

        (mail,) = at(happens)
        assert mail.to[0].lower() == "bob@example.org"
        assert Delivery.objects.get().subscriber.user == bob

    def test_that_two_members_claim_gives_the_one_nothing_of_the_others(self, bob, ada, by_mail, say):
        by_mail(ada)
        question = say(ada)
        say(bob, "It is the second one.", reply_to=question)
        spread(100)
        bob.email = ada.email
        bob.save()
        one = prove(subscribers.subscriber_of(bob, language="en"))
        assert not one.deliveries.exists()
        other = Subscriber.objects.get(user=ada)
        assert (other.confirmed_at, other.deliveries.count()) == (None, 1)


class TestOfTheServer:
    @pytest.fixture
    def three(self, reader, say, ada):
        for name in ("a", "b", "c"):
            reader(name)
        say(ada)
        spread(100)
        Delivery.objects.update(due=timezone.now())

    def told(self) -> list[str]:
        rows = Delivery.objects.filter(told_at__isnull=False).order_by("pk")
        return list(rows.values_list("subscriber__address", flat=True))

    @pytest.mark.parametrize("answer", ["451 Later", HANG_UP, SILENCE])
    def test_what_could_not_be_handed_over_was_not_told_and_comes_again_as_the_same_mail(self, three, sink, answer):  # noqa: F811
        sink.data = lambda who: answer if who.startswith("b") else OK
        send_what_is_due()
        assert self.told() == ["a@example.org", "c@example.org"]
        first = Mail.objects.get(to="b@example.org").message_id
        sink.data = always(OK)
        Mail.objects.filter(state="waiting").update(due=timezone.now())
        send_what_is_due()
        assert sink.recipients == ["a@example.org", "c@example.org", "b@example.org"]
        assert sink.got[-1].message["Message-ID"] == first

    def test_what_is_refused_for_good_can_be_sent_again(self, three, sink):  # noqa: F811
        sink.to = lambda who: "554 5.7.1 Blocked" if who.startswith("b") else OK
        assert send_what_is_due().dead == 1
        assert self.told() == ["a@example.org", "c@example.org"]
        sink.to = always(OK)
        send_again(Mail.objects.filter(state=MailState.DEAD))
        send_what_is_due()
        assert sorted(sink.recipients) == self.told() == ["a@example.org", "b@example.org", "c@example.org"]

    def test_a_pause_while_a_refused_mail_waits_loses_nothing(self, three, sink):  # noqa: F811
        sink.data = always("451 Later")
        send_what_is_due()
        someone = Subscriber.objects.get(address="a@example.org")
        services.pause(someone)
        services.resume(someone)
        sink.data = always(OK)
        Delivery.objects.filter(due__isnull=False).update(due=timezone.now())
        Mail.objects.filter(state="waiting").update(due=timezone.now())
        send_what_is_due()
        assert sorted(sink.recipients) == ["a@example.org", "b@example.org", "c@example.org"]

    def test_a_mail_recalled_when_the_server_had_it_is_not_sent_in_another_shape(self, three, sink):  # noqa: F811
        someone = Subscriber.objects.get(address="a@example.org")
        settle = outbox.settle

        def late(mail, owner, **columns) -> bool:
            if mail.to == someone.address and columns["state"] == MailState.SENT:
                services.set_frequency(someone, "daily")
            return settle(mail, owner, **columns)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(outbox, "settle", late)
            send_what_is_due()
        _work()
        assert sorted(sink.recipients) == ["a@example.org", "b@example.org", "c@example.org"]

    def test_a_recalled_mail_that_an_editor_sends_again_tells_nothing_twice(self, three, sink):  # noqa: F811
        collect(100)
        services.set_frequency(Subscriber.objects.get(address="a@example.org"), "daily")
        send_again(Mail.objects.filter(state=MailState.RECALLED))
        _work()
        assert sorted(sink.recipients) == ["a@example.org", "b@example.org", "c@example.org"]


class TestOfThePage:
    def test_one_that_fails_keeps_nobody_from_other_news(self, reader, say, ada, deliver, monkeypatch):
        reader()

        def broken(*args, **kwargs):
            raise RuntimeError("a slip of the site's")

        say(ada)
        with monkeypatch.context() as patch:
            patch.setattr(fan_out, "card_of", broken)
            spread(100)
        assert len(deliver()) == 1


class TestWhereTasksRunAtOnce:
    def test_posting_makes_no_deliveries(self, settings, django_capture_on_commit_callbacks, reader, say, ada):
        backend = f"{'django.tasks' if hasattr(settings, 'MAILERS') else 'django_tasks'}.backends.immediate"
        settings.TASKS = {"default": {"BACKEND": f"{backend}.ImmediateBackend"}}
        settings.SMO_KIT = settings.SMO_KIT | {"COMMENTS": {"confirm_guests": True}}
        reader()
        with django_capture_on_commit_callbacks(execute=True):
            say(ada)
            say(name="Guest", email="guest@example.org", text="Quite another thing.")  # causes a mail at once
        assert Announcement.objects.count() == 1
        assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestOfTheDatabase:
    """Its connection is lost between two statements, as when it starts anew."""

    @pytest.fixture
    def lose(self, django_db_blocker):
        if connection.vendor == "sqlite":
            pytest.skip("SQLite has no connection that could be lost")

        def lose() -> None:
            with connection.cursor() as cursor:
                postgres = connection.vendor == "postgresql"
                with suppress(Exception):
                    cursor.execute(
                        "SELECT pg_terminate_backend(pg_backend_pid())" if postgres else "KILL CONNECTION_ID()"
                    )

        return lose

    @pytest.fixture
    def once(self, monkeypatch, lose):
        """Lose it once, before a function is called."""

        def once(module, name: str) -> None:
            works, left = getattr(module, name), [1]

            def losing(*args, **kwargs):
                if left:
                    left.pop()
                    lose()
                return works(*args, **kwargs)

            monkeypatch.setattr(module, name, losing)

        return once

    @pytest.mark.parametrize(
        ("module", "name"), [(fan_out, "_deliver"), (mail_queue, "put_many"), (outbox, "settle"), (outbox, "_held")]
    )
    def test_each_step_goes_on_over_a_new_one(self, once, module, name, reader, say, ada, mailoutbox):
        for number in range(3):
            reader(f"r{number}")
        say(ada)
        once(module, name)
        _work()
        assert sorted(mail.to[0] for mail in mailoutbox) == [f"r{number}@example.org" for number in range(3)]
        assert not Delivery.objects.filter(told_at=None).exists()
