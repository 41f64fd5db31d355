"""Mails that are written just before they go out, and apps that write what is due."""

from __future__ import annotations

import pytest
from django.core import mail as django_mail

from smo_kit.mail import kinds, sources
from smo_kit.mail.kinds import Kind
from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Mail, State
from smo_kit.mail.sending import send_what_is_due
from smo_kit.mail.services import post_many, put_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def composed():
    """A kind whose mails are written late; its texts by address, a missing one is not wanted any more."""
    texts: dict[str, str] = {}

    def compose(mails):
        if "broken@example.org" in {mail.to for mail in mails}:
            raise RuntimeError("no text")
        return {
            mail.pk: Letter(
                to=mail.to, kind="late", subject="News", text=texts[mail.to], list_id="news <n.example.org>"
            )
            for mail in mails
            if mail.to in texts
        }

    kinds.register_kind(Kind(id="late", label="Late", compose=compose))
    return texts


def letters(*names: str) -> list[Letter]:
    return [Letter(to=f"{name}@example.org", kind="late", subject="?") for name in names]


def test_they_tell_what_is_true_when_they_go_out(composed):
    post_many(letters("anna"))
    composed["anna@example.org"] = "Written late."
    send_what_is_due()
    (sent,) = django_mail.outbox
    assert (sent.subject, sent.body) == ("News", "Written late.")
    assert sent.extra_headers["List-Id"] == "news <n.example.org>"
    assert sent.extra_headers["Message-ID"] == Mail.objects.get().message_id


def test_the_outbox_shows_what_was_sent(composed):
    post_many(letters("anna"))
    composed["anna@example.org"] = "Written late."
    send_what_is_due()
    kept = Mail.objects.get()
    assert (kept.subject, kept.text, kept.headers["List-Id"]) == ("News", "Written late.", "news <n.example.org>")


def test_what_is_no_longer_wanted_is_skipped(composed):
    composed["anna@example.org"] = "News"
    put_many(letters("anna", "boris"))
    tally = send_what_is_due()
    assert (tally.sent, tally.skipped) == (1, 1)
    assert Mail.objects.get(to="boris@example.org").state == State.SKIPPED


def test_one_that_can_not_be_composed_spoils_no_other(composed):
    composed["anna@example.org"] = "News"
    put_many(letters("anna", "broken"))
    tally = send_what_is_due()
    assert (tally.sent, tally.retried) == (1, 1)
    assert "no text" in Mail.objects.get(to="broken@example.org").last_error


def test_a_letter_of_another_kind_needs_its_text():
    with pytest.raises(ValueError, match="a subject and a text"):
        Letter(to="anna@example.org", kind="news", subject="News")


def test_sources_are_asked_until_they_have_nothing_left(composed, monkeypatch):
    composed.update({f"n{number}@example.org": "News" for number in range(7)})
    left = letters(*(f"n{number}" for number in range(7)))

    def source(limit: int) -> int:
        some, left[:] = left[:limit], left[limit:]
        return put_many(some)

    monkeypatch.setattr(sources, "_sources", {"test": source})
    assert send_what_is_due(batch=3).sent == 7
    assert not left


def test_a_source_that_fails_stops_no_mail(composed, monkeypatch, caplog):
    def source(limit: int) -> int:
        raise RuntimeError("broken")

    monkeypatch.setattr(sources, "_sources", {"test": source})
    composed["anna@example.org"] = "News"
    put_many(letters("anna"))
    assert send_what_is_due().sent == 1
    assert "test can't write its mails now" in caplog.text
