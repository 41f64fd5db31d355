"""What providers tell through django-anymail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from smo_kit.mail.bounces import points
from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Bounce, Mail, State, Suppression
from smo_kit.mail.services import is_suppressed, post
from smo_kit.mail.signals import unsubscribed
from tests.require import missing

try:
    from anymail.signals import AnymailTrackingEvent, tracking
except ImportError:
    AnymailTrackingEvent = None

pytestmark = pytest.mark.django_db

ANN = "ann@example.org"


@pytest.fixture(autouse=True)
def anymail_is_there() -> None:
    if AnymailTrackingEvent is None:
        missing("django-anymail", "the package is not installed")


def told(event_type: str, recipient: str = ANN, **fields: Any) -> None:
    event = AnymailTrackingEvent(
        event_type=event_type, **{"timestamp": timezone.now(), "event_id": "1", **fields}, recipient=recipient
    )
    tracking.send(sender=object, event=event, esp_name="Provider")


def reasons() -> list[str]:
    return list(Suppression.objects.values_list("reason", flat=True))


@pytest.mark.parametrize(
    ("event_type", "fields", "reason"),
    [
        ("bounced", {"reject_reason": "bounced", "mta_response": "smtp; 550 5.1.1 user unknown"}, "bounce"),
        ("bounced", {"reject_reason": "invalid"}, "bounce"),
        ("rejected", {"reject_reason": "invalid"}, "bounce"),
        ("rejected", {"reject_reason": "bounced"}, "bounce"),
        ("rejected", {"reject_reason": "unsubscribed"}, "unsubscribed"),
        ("rejected", {"reject_reason": "spam"}, "complaint"),
        ("complained", {"reject_reason": "spam"}, "complaint"),
        ("unsubscribed", {}, "unsubscribed"),
    ],
)
def test_an_address_that_is_gone_or_wants_none_gets_no_mail(event_type, fields, reason):
    told(event_type, **fields)

    assert reasons() == [reason]
    assert is_suppressed("ANN@example.org", "news")


@pytest.mark.parametrize(
    ("event_type", "fields", "number"),
    [
        ("bounced", {"reject_reason": "bounced"}, 2),
        ("bounced", {"reject_reason": "bounced", "description": "Permanent: General"}, 2),
        ("bounced", {"reject_reason": "bounced", "description": "Transient: MailboxFull"}, 1),
        ("bounced", {"reject_reason": "bounced", "description": "SoftBounce"}, 1),
        ("bounced", {"reject_reason": "bounced", "mta_response": "552 5.2.2 over quota"}, 1),
        ("bounced", {"reject_reason": "bounced", "mta_response": "550 5.7.1 refused by policy"}, 2),
        ("bounced", {"reject_reason": "spam"}, 1),
        ("bounced", {"reject_reason": "timed_out"}, 1),
        ("rejected", {"reject_reason": "blocked"}, 1),
        ("deferred", {"mta_response": "451 4.7.1 later"}, 0),
        ("delivered", {}, 0),
        ("opened", {}, 0),
    ],
)
def test_other_failures_count(event_type, fields, number):
    told(event_type, **fields)

    assert (reasons(), points(ANN)) == ([], number)


def test_the_same_event_counts_once_and_two_hard_ones_are_too_many():
    for _ in range(3):
        told("bounced", reject_reason="bounced")
    assert (reasons(), Bounce.objects.count()) == ([], 1)

    told("bounced", reject_reason="bounced", event_id="2")
    assert reasons() == ["bounce"]


@pytest.mark.parametrize("recipient", ["", None, "nobody", "a@b\r\nTo: c@example.org"])
def test_an_event_without_an_address_is_logged(recipient, caplog):
    told("complained", recipient=recipient)

    assert reasons() == []
    assert "of no use" in caplog.text


@pytest.mark.parametrize(
    ("to", "recipient"), [("Ann@example.org", "Ann@example.org"), ("ann@example.org", "ANN@example.org")]
)
def test_the_admin_shows_it_at_the_last_mail(letter: Callable[..., Letter], to: str, recipient: str):
    for subject in ("First", "Last"):
        post(letter(subject=subject, to=to))
        Mail.objects.filter(subject=subject).update(state=State.SENT, sent=timezone.now())
    post(letter(subject="Waiting"))
    told("complained", description="abuse\0", recipient=recipient)

    said = dict(Mail.objects.values_list("subject", "last_error"))
    assert said == {"First": "", "Last": "complaint: abuse", "Waiting": ""}


def test_apps_hear_of_who_has_unsubscribed_at_the_provider():
    heard: list[tuple[str, bool]] = []

    def hear(kind: str, undone: bool, **kwargs: Any) -> None:
        heard.append((kind, undone))

    unsubscribed.connect(hear)
    try:
        told("unsubscribed")
        told("complained")
    finally:
        unsubscribed.disconnect(hear)

    assert heard == [("", False)]
