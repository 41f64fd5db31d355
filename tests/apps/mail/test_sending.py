"""What becomes of mails, whatever the server says."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from smo_kit.mail.kinds import Kind, register_kind
from smo_kit.mail.letters import Letter
from smo_kit.mail.links import unsubscribe_url
from smo_kit.mail.models import Mail, State
from smo_kit.mail.outbox import claim, mark_sent, renew, send_again, sweep
from smo_kit.mail.sending import send_what_is_due
from smo_kit.mail.services import is_suppressed, post, post_many, recall, suppress
from tests.apps.mail.conftest import use_smtp
from tests.apps.mail.sink import HANG_UP, OK, SILENCE, Sink, always

pytestmark = pytest.mark.django_db

Make = Callable[..., Letter]


def posted(letter: Letter) -> Mail:
    mail = post(letter)
    assert mail is not None
    return mail


def now_due() -> None:
    Mail.objects.update(due=timezone.now())


def test_a_mail_arrives_with_all_that_it_says(letter: Make, sink: Sink) -> None:
    mail = posted(
        letter(
            subject="Grüße ✓",
            html="<p>Hi ✓</p>",
            reply_to="desk@example.org",
            language="de",
            headers={"X-Own": "yes"},
            list_id='"Thread" <thread-1.magazine.test>',
            in_reply_to="<1@magazine.test>",
            thread="<0@magazine.test>",
        )
    )

    assert send_what_is_due().sent == 1
    (got,) = sink.got
    message = got.message
    assert (got.sender, got.to, message["From"]) == (
        "news@magazine.test",
        "ann@example.org",
        "Magazine <news@magazine.test>",
    )
    assert (message["Subject"], message["Message-ID"], message["X-Own"]) == ("Grüße ✓", mail.message_id, "yes")
    assert (message["Reply-To"], message["List-Id"]) == ("desk@example.org", '"Thread" <thread-1.magazine.test>')
    assert (message["In-Reply-To"], message["References"]) == (
        "<1@magazine.test>",
        "<0@magazine.test> <1@magazine.test>",
    )
    assert (message["Auto-Submitted"], message["X-SMO-Reason"]) == ("auto-generated", "news")
    assert message["Content-Language"] == "de"
    assert message.get_body(("plain",)).get_content().strip() == "Hi."
    assert message.get_body(("html",)).get_content().strip() == "<p>Hi ✓</p>"
    mail.refresh_from_db()
    assert (mail.state, mail.owner, mail.claimed_until) == (State.SENT, "", None)
    assert mail.sent is not None


@pytest.mark.parametrize("is_secret", [True, False])
def test_the_outbox_forgets_a_secret_when_it_is_sent(letter: Make, sink: Sink, is_secret: bool) -> None:
    register_kind(Kind(id="key", label="Key", is_secret=is_secret))
    mail = posted(letter(kind="key", html="<p>Hi</p>"))
    send_what_is_due()
    mail.refresh_from_db()
    assert (mail.text, mail.html) == (("", "") if is_secret else ("Hi.", "<p>Hi</p>"))
    assert len(sink.got) == 1


def test_a_secret_that_does_not_leave_the_machine_can_be_read(letter: Make) -> None:
    register_kind(Kind(id="key", label="Key", is_secret=True))
    mail = posted(letter(kind="key"))
    send_what_is_due()
    mail.refresh_from_db()
    assert mail.text == "Hi."


def test_the_header_for_one_click_arrives_whole(letter: Make, sink: Sink) -> None:
    link = unsubscribe_url("ann@example.org", "news")
    posted(letter(unsubscribe=link))
    posted(letter(kind="confirm"))

    send_what_is_due()

    news, confirm = (one.message for one in sink.got)
    assert news["List-Unsubscribe"].strip() == f"<{link}>"
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert confirm["List-Unsubscribe"] is None


def test_a_batch_goes_over_one_connection(letter: Make, sink: Sink) -> None:
    post_many(letter() for _ in range(7))

    assert send_what_is_due(batch=4).sent == 7
    assert sink.connections == 2


def test_no_more_are_sent_than_asked_for(letter: Make, sink: Sink) -> None:
    post_many(letter() for _ in range(5))

    assert send_what_is_due(limit=3, batch=2).sent == 3
    assert len(sink.got) == 3


def test_what_is_not_due_waits(letter: Make, sink: Sink) -> None:
    posted(letter(due=timezone.now() + dt.timedelta(hours=1)))

    assert send_what_is_due().done == 0


def test_what_is_refused_for_now_comes_again_after_longer_and_longer_pauses_and_is_given_up_in_the_end(
    letter: Make, sink: Sink, settings: Any
) -> None:
    settings.SMO_KIT = {"MAIL": {"retry_minutes": (1, 10)}}
    sink.to = always("451 4.7.1 Greylisted")
    mail = posted(letter())
    pauses: list[float] = []

    for _ in range(2):
        now_due()
        assert send_what_is_due().retried == 1
        mail.refresh_from_db()
        pauses.append((mail.due - timezone.now()).total_seconds())
        assert (mail.state, mail.last_error) == (State.WAITING, "451 4.7.1 Greylisted")
    now_due()
    assert send_what_is_due().dead == 1

    assert 59 < pauses[0] < 76
    assert 599 < pauses[1] < 751
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (State.DEAD, 3)


def test_a_mail_has_the_same_message_id_at_each_try(letter: Make, sink: Sink) -> None:
    mail = posted(letter())
    sink.data = always("451 Later")
    send_what_is_due()
    sink.data = always(OK)
    now_due()

    send_what_is_due()

    assert sink.got[0].message["Message-ID"] == mail.message_id


@pytest.mark.parametrize(
    ("answer", "is_gone"),
    [
        ("550 5.1.1 No such user", True),
        ("550 No such user", True),
        ("550 5.7.1 Blocked", False),
        ("552 5.2.2 Mailbox full", False),
    ],
)
def test_what_is_refused_for_good_is_a_dead_letter_and_an_unproved_address_that_does_not_exist_gets_none_again(
    letter: Make, sink: Sink, answer: str, is_gone: bool
) -> None:
    sink.to = always(answer)
    mail = posted(letter(kind="confirm"))

    assert send_what_is_due().dead == 1
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (State.DEAD, answer)
    assert is_suppressed("ann@example.org", "confirm") is is_gone


def test_a_proved_address_that_bounces_once_is_written_to_again(letter: Make, sink: Sink) -> None:
    sink.to = always("550 5.1.1 No such user")
    posted(letter())

    send_what_is_due()

    assert not is_suppressed("ann@example.org", "news")


def test_one_that_is_refused_does_not_stop_the_others(letter: Make, sink: Sink) -> None:
    sink.to = lambda who: "550 5.1.1 No such user" if who.startswith("b") else OK
    post_many(letter(to=f"{name}@example.org") for name in ("a", "b", "c"))

    tally = send_what_is_due()

    assert (tally.sent, tally.dead) == (2, 1)
    assert sink.recipients == ["a@example.org", "c@example.org"]
    assert sink.connections == 1


def test_a_server_that_hangs_up_in_one_mail_gets_the_others_over_a_new_connection(letter: Make, sink: Sink) -> None:
    sink.data = lambda who: HANG_UP if who.startswith("b") else OK
    post_many(letter(to=f"{name}@example.org") for name in ("a", "b", "c"))

    tally = send_what_is_due()

    assert (tally.sent, tally.retried, tally.trouble) == (2, 1, "")
    assert sink.connections == 2


@pytest.mark.parametrize("answer", [SILENCE, HANG_UP, "421 4.3.2 Shutting down"])
def test_a_server_that_always_breaks_off_ends_the_run_and_costs_no_more_than_two_mails_a_try(
    letter: Make, sink: Sink, answer: str
) -> None:
    sink.data = always(answer)
    post_many(letter() for _ in range(5))

    tally = send_what_is_due()

    assert (tally.sent, tally.retried) == (0, 2)
    assert "breaks" in tally.trouble
    assert (
        sorted(Mail.objects.values_list("state", "tries", "owner"))
        == [("waiting", 0, "")] * 3 + [("waiting", 1, "")] * 2
    )


def test_without_a_server_mails_wait_and_no_try_is_counted(letter: Make, settings: Any) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        use_smtp(settings, one.getsockname()[1])
    post_many(letter() for _ in range(3))

    tally = send_what_is_due()

    assert "refused" in tally.trouble
    assert list(Mail.objects.values_list("state", "tries", "owner")) == [("waiting", 0, "")] * 3


def test_a_refused_sender_is_the_sites_fault_and_kills_no_mail(letter: Make, sink: Sink) -> None:
    sink.sender = always("553 5.7.1 Not yours")
    posted(letter())

    assert "Not yours" in send_what_is_due().trouble
    assert Mail.objects.get().state == State.WAITING


def test_what_is_no_longer_wanted_is_skipped(letter: Make, sink: Sink) -> None:
    register_kind(Kind(id="reply", label="Reply", still_wanted=lambda mail: "2" in mail.key))
    post_many(letter(kind="reply", key=f"r:{number}") for number in (1, 2))

    tally = send_what_is_due()

    assert (tally.sent, tally.skipped) == (1, 1)
    assert dict(Mail.objects.values_list("key", "last_error")) == {"r:1": "no longer wanted", "r:2": ""}


def test_who_unsubscribes_after_a_mail_was_written_does_not_get_it(letter: Make, sink: Sink) -> None:
    posted(letter())
    posted(letter(kind="duty"))
    suppress("ann@example.org")

    tally = send_what_is_due()

    assert (tally.sent, tally.skipped) == (1, 1)
    assert Mail.objects.get(kind="news").last_error == "the address wants no such mail"


def test_a_question_that_fails_lets_the_mail_wait_and_the_others_go(
    letter: Make, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(mail: Mail) -> bool:
        raise ValueError("a slip")

    register_kind(Kind(id="reply", label="Reply", still_wanted=broken))
    posted(letter(kind="reply"))
    posted(letter())

    tally = send_what_is_due()

    assert (tally.sent, tally.retried) == (1, 1)
    assert "a slip" in caplog.text


def test_a_kind_whose_app_is_gone_makes_dead_letters(letter: Make, sink: Sink) -> None:
    posted(letter())
    Mail.objects.update(kind="gone")

    assert send_what_is_due().dead == 1
    assert "'gone'" in Mail.objects.get().last_error


def test_a_run_that_is_stopped_finishes_the_mail_in_hand_and_gives_the_others_back(letter: Make, sink: Sink) -> None:
    post_many(letter() for _ in range(5))

    tally = send_what_is_due(stop=lambda: len(sink.got) >= 2)

    assert tally.sent == 2
    assert Mail.objects.filter(state=State.WAITING, owner="", tries=0).count() == 3


def test_a_dead_letter_can_be_sent_again(letter: Make, sink: Sink) -> None:
    mail = posted(letter())
    Mail.objects.update(state=State.DEAD, tries=6)

    assert send_again(Mail.objects.filter(pk=mail.pk)) == 1
    assert send_what_is_due().sent == 1


def test_no_two_workers_hold_the_same_mail(letter: Make) -> None:
    post_many(letter() for _ in range(5))

    first, second, third = claim(3, 60, "a"), claim(3, 60, "b"), claim(3, 60, "c")

    assert (len(first), len(second), third) == (3, 2, [])
    assert not {mail.pk for mail in first} & {mail.pk for mail in second}


def test_the_mails_of_a_dead_worker_are_taken_when_its_lease_is_over(letter: Make, sink: Sink) -> None:
    posted(letter())
    (held,) = claim(3, 60, "dead")
    assert send_what_is_due().done == 0
    Mail.objects.update(claimed_until=timezone.now())

    assert send_what_is_due().sent == 1
    assert not mark_sent(held, "dead")


def test_a_worker_that_is_late_marks_nobody_elses_mail(letter: Make) -> None:
    posted(letter())
    (held,) = claim(1, 60, "late")
    Mail.objects.update(claimed_until=timezone.now())
    claim(1, 60, "other")

    assert not mark_sent(held, "late")
    assert Mail.objects.get().state == State.CLAIMED
    assert renew([held], 60, "late") == []


def test_a_mail_recalled_while_a_worker_holds_it_is_dropped_when_the_worker_looks(letter: Make) -> None:
    post_many(letter(key=f"k:{number}") for number in range(2))
    held = claim(2, 60, "me")
    recall(["k:0"])

    assert [mail.key for mail in renew(held, 60, "me")] == ["k:1"]


def test_a_mail_that_was_recalled_too_late_counts_as_sent(letter: Make) -> None:
    posted(letter(key="k"))
    (held,) = claim(1, 60, "me")
    recall(["k"])

    assert not mark_sent(held, "me")
    assert Mail.objects.get().state == State.SENT


def test_nothing_is_left_of_old_mails_but_the_keys_by_which_nobody_gets_them_again(letter: Make) -> None:
    keyed, old, dead, new = posted(letter(key="a")), posted(letter()), posted(letter()), posted(letter())
    Mail.objects.exclude(pk=dead.pk).update(state=State.SENT)
    Mail.objects.filter(pk=dead.pk).update(state=State.DEAD)
    Mail.objects.exclude(pk=new.pk).update(due=timezone.now() - dt.timedelta(days=31))

    assert sweep(30) == 2
    assert sweep(30) == 0
    keyed.refresh_from_db()
    assert (keyed.state, keyed.text, keyed.to) == (State.SENT, "", "")
    assert list(Mail.objects.exclude(pk=keyed.pk).order_by("pk")) == [dead, new]
    assert send_again(Mail.objects.filter(pk=keyed.pk)) == 0
    assert post(letter(key="a")) == keyed
    assert not Mail.objects.filter(pk=old.pk).exists()


def test_sender_and_where_answers_go_are_settings(letter: Make, sink: Sink, settings: Any) -> None:
    settings.SMO_KIT = {"MAIL": {"from_address": "Desk <desk@magazine.test>", "reply_to": "answers@magazine.test"}}
    posted(letter())
    posted(letter(reply_to="own@magazine.test"))

    send_what_is_due()

    assert {got.sender for got in sink.got} == {"desk@magazine.test"}
    assert [got.message["Reply-To"] for got in sink.got] == ["answers@magazine.test", "own@magazine.test"]
    assert all(got.message["Message-ID"].endswith("@magazine.test>") for got in sink.got)


def test_a_letters_own_header_does_not_stand_beside_ours(letter: Make, sink: Sink) -> None:
    posted(letter(headers={"auto-submitted": "no", "X-Own": "1"}))

    send_what_is_due()

    assert sink.got[0].message.get_all("Auto-Submitted") == ["auto-generated"]


def test_long_letters_and_headers_arrive_whole(letter: Make, sink: Sink) -> None:
    link = "https://magazine.test/" + "a" * 300 + "/"
    posted(letter(unsubscribe=link, subject="ж" * 200, text="ж" * 5000))

    send_what_is_due()

    message = sink.got[0].message
    assert message["List-Unsubscribe"].strip() == f"<{link}>"
    assert message["Subject"].strip() == "ж" * 200
    assert message.get_body(("plain",)).get_content().strip() == "ж" * 5000
