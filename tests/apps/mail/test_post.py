"""What goes into the outbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as django_mail
from django.db import transaction

from smo_kit.core.emails import BadAddress
from smo_kit.core.kinds import UnknownKind
from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Mail, State
from smo_kit.mail.services import erase, post, post_many, recall, suppress

pytestmark = pytest.mark.django_db

Make = Callable[..., Letter]


def test_a_letter_waits_in_the_outbox_with_all_that_it_says(letter: Make) -> None:
    mail = post(letter(key="hello:1", reply_to="desk@example.org", language="ru", reason="You asked for it."))

    assert mail is not None
    mail.refresh_from_db()
    assert (mail.state, mail.kind, mail.key) == (State.WAITING, "news", "hello:1")
    assert (mail.to, mail.reply_to, mail.subject, mail.text) == ("ann@example.org", "desk@example.org", "Hello", "Hi.")
    assert (mail.language, mail.reason, mail.site_id, mail.tries) == ("ru", "You asked for it.", 1, 0)


def test_a_second_letter_of_the_same_key_is_the_first(letter: Make) -> None:
    first = post(letter(key="hello:1"))
    second = post(letter(key="hello:1", subject="Another"))

    assert first == second
    assert Mail.objects.get().subject == "Hello"


def test_a_kind_that_can_be_ended_says_how(letter: Make) -> None:
    mails = {kind: post(letter(kind=kind)) for kind in ("news", "duty")}

    assert mails["news"] is not None
    assert mails["duty"] is not None
    assert "/smo/mail/unsubscribe/" in mails["news"].headers["List-Unsubscribe"]
    assert "List-Unsubscribe" not in mails["duty"].headers


def test_letters_without_a_key_are_each_their_own(letter: Make) -> None:
    assert post(letter()) != post(letter())


def test_what_is_rolled_back_is_not_sent(letter: Make) -> None:
    with transaction.atomic():
        post(letter())
        transaction.set_rollback(True)

    assert not Mail.objects.exists()
    assert django_mail.outbox == []


def test_many_letters_are_put_in_at_once_without_those_that_are_there_or_unwanted(
    letter: Make, django_assert_max_num_queries: Any
) -> None:
    suppress("nobody@example.org", "news")
    post(letter(key="n:1"))
    letters = [letter(key=f"n:{number}") for number in range(600)]

    with django_assert_max_num_queries(30):
        put = post_many([*letters, letter(key="n:599"), letter(key="x", to="Nobody@example.org")])

    assert put == 599
    assert Mail.objects.count() == 600


def test_recalled_mail_is_not_sent_and_what_is_sent_stays_sent(letter: Make) -> None:
    for key in ("a:1", "a:2", "b:1", "b:2"):
        post(letter(key=key))
    Mail.objects.filter(key="a:2").update(state=State.SENT)

    assert recall(key_prefix="a:") == 1
    assert recall(["b:2"]) == 1
    states = dict(Mail.objects.values_list("key", "state"))
    assert states == {"a:1": "recalled", "a:2": "sent", "b:1": "waiting", "b:2": "recalled"}


def test_to_recall_everything_by_a_slip_is_refused() -> None:
    with pytest.raises(ValueError, match="key_prefix"):
        recall()


def test_an_address_can_be_forgotten(letter: Make) -> None:
    post(letter(to="Ann@example.org"))
    post(letter(to="bob@example.org"))

    assert erase("ann@example.org") == 1
    assert Mail.objects.get().to == "bob@example.org"


@pytest.mark.parametrize(
    ("fields", "error", "says"),
    [
        ({"subject": "Hello\r\nBcc: all@example.org"}, ValueError, "one line"),
        ({"to": "ann@example.org\nBcc: all@example.org"}, BadAddress, "one line"),
        ({"reply_to": "ann@example.org\r\n"}, BadAddress, "one line"),
        ({"headers": {"X-A": "b\nc"}}, ValueError, "one line"),
        ({"headers": {"X A": "b"}}, ValueError, "X A"),
        ({"headers": {"Bcc": "all@example.org"}}, ValueError, "Bcc"),
        ({"headers": {"Content-Type": "text/html"}}, ValueError, "Content-Type"),
        ({"subject": "a\u2028b"}, ValueError, "one line"),
        ({"message_id": "1@x"}, ValueError, "left@right"),
        ({"thread": "<1@x>\r\n"}, ValueError, "left@right"),
        ({"in_reply_to": "<1 2@x>"}, ValueError, "left@right"),
        ({"list_id": "a\nb"}, ValueError, "one line"),
        ({"key": "Ümlaut"}, ValueError, "small letters"),
        ({"key": "a" * 201}, ValueError, "200"),
        ({"kind": "new"}, UnknownKind, "news"),
        ({"subject": " "}, ValueError, "subject"),
        ({"text": ""}, ValueError, "text"),
    ],
)
def test_a_wrong_letter_is_refused_when_it_is_written(
    letter: Make, fields: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        letter(**fields)


@pytest.mark.parametrize("subject", ["👨‍👩‍👧 Hi", "1\u00a0000 readers", "می\u200cخواهم"])
def test_a_subject_may_have_every_letter_that_people_write(letter: Make, subject: str) -> None:
    mail = post(letter(subject=subject))

    assert mail is not None
    assert mail.subject == subject


def test_what_no_database_or_mail_can_hold_is_taken_out_of_a_text(letter: Make) -> None:
    mail = post(letter(text="a\0b\r\nc\ud800", html="<p>\0</p>"))

    assert mail is not None
    mail.refresh_from_db()
    assert (mail.text, mail.html) == ("ab\nc", "<p></p>")
