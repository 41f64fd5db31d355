"""Mails that came back, as servers write them."""

from __future__ import annotations

from smo_kit.mail.models import Mail


def dsn(
    message_id: str,
    to: str = "ann@example.org",
    *,
    status: str = "5.1.1",
    action: str = "failed",
    diagnostic: str = "",
    original_recipient: str = "",
    original: str = "message/rfc822",
) -> bytes:
    """A delivery status notification as Postfix writes it."""
    fields = [f"Final-Recipient: rfc822; {to}", f"Action: {action}", f"Status: {status}"]
    if original_recipient:
        fields.insert(0, f"Original-Recipient: rfc822;{original_recipient}")
    if diagnostic:
        fields.append(f"Diagnostic-Code: {diagnostic}")
    return report(
        "message/delivery-status",
        "Reporting-MTA: dns; mx.example.org\nArrival-Date: Thu, 26 Nov 2026 07:00:00 +0000\n\n" + "\n".join(fields),
        f"Content-Type: {original}\n\nFrom: news@magazine.test\nTo: {to}\nMessage-ID: {message_id}\nSubject: Hello\n",
        kind="delivery-status",
    )


def complaint(message_id: str, to: str = "ann@example.org", kind: str = "abuse", asked: str = "") -> bytes:
    """A complaint as a provider's feedback loop writes it (ARF)."""
    fields = f"Feedback-Type: {kind}\nUser-Agent: Loop/1.0\nVersion: 1\n"
    return report(
        "message/feedback-report",
        fields + (f"Original-Rcpt-To: {asked}\n" if asked else ""),
        f"Content-Type: message/rfc822\n\nFrom: news@magazine.test\nTo: {to}\nMessage-ID: {message_id}\n\nHi.\n",
        kind="feedback-report",
    )


def report(content_type: str, status: str, original: str, *, kind: str) -> bytes:
    lines = [
        "From: MAILER-DAEMON@mx.example.org",
        "To: bounces@magazine.test",
        "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type={kind}; boundary="=b"',
        "",
        "--=b",
        "Content-Type: text/plain",
        "",
        "I'm sorry to have to inform you.",
        "",
        "--=b",
        f"Content-Type: {content_type}",
        "",
        status,
        "",
        "--=b",
        original,
        "--=b--",
        "",
    ]
    return "\n".join(lines).encode()


def qmail(mail: Mail, said: str = "Sorry, no mailbox here by that name. (#5.1.1)") -> bytes:
    return f"""From: MAILER-DAEMON@mx.example.org
To: bounces@magazine.test
Subject: failure notice

Hi. This is the qmail-send program at mx.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{mail.to}>:
{said}

--- Below this line is a copy of the message.

Return-Path: <bounces@magazine.test>
Message-ID: {mail.message_id}
Subject: Hello

Hi.
""".encode()


def exim(mail: Mail, said: str = "550 5.1.1 User unknown") -> bytes:
    return f"""X-Failed-Recipients: {mail.to}
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: bounces@magazine.test
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {mail.to}
    SMTP error from remote mail server after RCPT TO:<{mail.to}>:
    host mx.example.org [192.0.2.1]: {said}

------ This is a copy of the message, including all the headers. ------

Return-path: <bounces@magazine.test>
Message-Id: {mail.message_id}
Subject: Hello

Hi.
""".encode()
