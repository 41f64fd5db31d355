"""What servers write back is read, whatever it looks like."""

from __future__ import annotations

import pytest

from smo_kit.mail.failures import Trouble, codes_in, trouble_of
from smo_kit.mail.models import Mail
from smo_kit.mail.plain_reports import plain_report, reports_of
from smo_kit.mail.reports import LIMIT, NotUnderstood, Report, message_of, reports_in
from tests.apps.mail.bounced import complaint, dsn, exim, qmail

ID = "<1@magazine.test>"
ANN = "ann@example.org"


def read(raw: bytes) -> list[Report]:
    return reports_in(message_of(raw))


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("smtp; 550 5.1.1 <ann@example.org> User unknown", (550, "5.1.1")),
        ("smtp;550-5.2.1 The account is disabled", (550, "5.2.1")),
        ("smtp; 5.1.0 - Unknown address error 550-'no such user'", (0, "5.1.0")),
        ("host mx [192.0.2.1] said: 452 4.2.2 over quota", (452, "4.2.2")),
        ("smtp; 421", (421, "")),
        ("Sorry, no mailbox here by that name. (#5.1.1)", (0, "5.1.1")),
        ("x-unix; input/output error at 5.1.1.9", (0, "")),
    ],
)
def test_codes_are_found_in_what_servers_say(said, codes):
    assert codes_in(said) == codes


@pytest.mark.parametrize(
    ("code", "enhanced", "trouble"),
    [
        (550, "5.1.1", Trouble.GONE),
        (550, "", Trouble.GONE),
        (550, "5.0.0", Trouble.GONE),
        (0, "5.1.10", Trouble.GONE),
        (550, "5.7.1", Trouble.HARD),
        (553, "5.1.8", Trouble.HARD),
        (0, "5.0.0", Trouble.HARD),
        (554, "", Trouble.HARD),
        (552, "5.2.2", Trouble.SOFT),
        (552, "", Trouble.SOFT),
        (550, "4.4.7", Trouble.SOFT),
        (451, "", Trouble.SOFT),
        (250, "2.1.5", None),
        (0, "", None),
    ],
)
def test_how_bad_it_is(code, enhanced, trouble):
    assert trouble_of(code, enhanced) is trouble


def test_a_notification_says_which_mail_and_why():
    said = "smtp; 550 5.1.1 <ann@example.org>:\n Recipient address rejected"

    assert read(dsn(ID, diagnostic=said)) == [Report(ID, (ANN,), Trouble.GONE, " ".join(said.split()))]


@pytest.mark.parametrize("original", ["text/rfc822-headers", "message/rfc822-headers", "message/global"])
def test_the_headers_of_our_mail_are_enough(original):
    assert read(dsn(ID, original=original))[0].message_id == ID


def test_a_forwarded_mail_names_both_addresses():
    (found,) = read(dsn(ID, "ann@elsewhere.example", original_recipient=ANN))

    assert found.addresses == (ANN, "ann@elsewhere.example")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded (list)"])
def test_who_is_not_told_of_a_failure_hears_nothing(action):
    assert read(dsn(ID, action=action, status="4.4.1")) == []


@pytest.mark.parametrize(
    ("status", "diagnostic", "trouble"),
    [
        ("5.0.0", "smtp; 550 5.1.1 no such user", Trouble.GONE),
        ("5.1.1 (no such user)", "", Trouble.GONE),
        ("5.0.0", "smtp; 552 mailbox full", Trouble.SOFT),
        ("failed", "smtp; 550 no such user", Trouble.GONE),
    ],
)
def test_a_vague_status_is_told_by_the_server_s_words(status, diagnostic, trouble):
    assert read(dsn(ID, status=status, diagnostic=diagnostic))[0].trouble is trouble


def test_several_recipients_are_several_reports():
    raw = dsn(ID).replace(
        b"Status: 5.1.1", b"Status: 5.1.1\n\nFinal-Recipient: rfc822;<bob@example.org>\nStatus: 4.2.2"
    )

    assert [(one.addresses, one.trouble) for one in read(raw)] == [
        ((ANN,), Trouble.GONE),
        (("bob@example.org",), Trouble.SOFT),
    ]


def test_a_notification_in_utf_8_is_read_too():
    raw = dsn(ID).replace(b"message/delivery-status", b"message/global-delivery-status")

    assert read(raw.replace(b"rfc822; ann@", b"utf-8; ann@"))[0].addresses == (ANN,)


def test_a_footer_that_a_list_has_wrapped_around_it_does_no_harm():
    inner = dsn(ID).decode().partition("Content-Type: ")
    raw = f'{inner[0]}Content-Type: multipart/mixed; boundary="=o"\n\n--=o\n{inner[1]}{inner[2]}\n--=o--\n'

    assert read(raw.encode())[0].message_id == ID


@pytest.mark.parametrize(
    ("kind", "found"),
    [("abuse", [Trouble.COMPLAINT]), ("not-spam", []), ("auth-failure", []), ("opt-out", [Trouble.COMPLAINT])],
)
def test_a_complaint_is_one_that_says_so(kind, found):
    assert [one.trouble for one in read(complaint(ID, kind=kind))] == found


def test_a_complaint_names_the_address_or_brings_the_mail():
    assert read(complaint(ID, "hidden@redacted.invalid", asked=f"<{ANN}>"))[0].addresses == (
        ANN,
        "hidden@redacted.invalid",
    )
    assert read(complaint(ID, f"Ann <{ANN}>"))[0].addresses == (ANN,)


@pytest.mark.parametrize("write", [qmail, exim])
def test_plain_words_of_two_old_servers_are_understood(write):
    raw = write(Mail(to=ANN, message_id=ID))

    (found,) = [plain_report(message_of(raw))]
    assert (found.message_id, found.addresses, found.trouble) == (ID, (ANN,), Trouble.GONE)
    with pytest.raises(NotUnderstood):
        plain_report(message_of(raw.replace(ID.encode(), b"none")))


def test_plain_words_of_two_addresses_are_not_guessed_at():
    raw = exim(Mail(to=ANN, message_id=ID)).replace(b"Recipients: ann", b"Recipients: bob@example.org, ann")

    with pytest.raises(NotUnderstood):
        plain_report(message_of(raw))


def _nested(head: bytes) -> bytes:
    return head * (LIMIT // len(head))


BROKEN = {
    "empty": b"",
    "holiday note": b"From: ann@example.org\nSubject: Away\n\nI am away.\n",
    "NUL": b"\0" * 10_000,
    "no boundary": b"Content-Type: multipart/report; report-type=delivery-status\n\n--x\n",
    "ten megabytes": b"Subject: x\n\n" + b"x" * 10_000_000,
    "ten megabytes of header": b"Content-Type: " + b"x;" * 5_000_000,
    "nested mails": _nested(b"Content-Type: message/rfc822\n\n"),
    "nested multiparts": b"".join(
        b'Content-Type: multipart/report; boundary="%d"\n\n--%d\n' % (n, n) for n in range(15_000)
    ),
    "strange encoding": b"Content-Type: text/plain; charset=nonsense\nContent-Transfer-Encoding: base64\n\n\xff=\n",
    "strange header": b"Content-Type: =?nonsense?q?multipart/report?=; boundary*0*=x''%ff; boundary*=y\n\nx",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_report_is_said_not_to_be(name):
    with pytest.raises(NotUnderstood):
        reports_of(BROKEN[name])


def test_control_characters_and_long_words_are_left_out():
    raw = dsn(ID, diagnostic="smtp; 550 5.1.1 \0\x1b[31m" + "x" * 9000)

    said = read(raw)[0].said
    assert said.isprintable()
    assert len(said) <= 500
