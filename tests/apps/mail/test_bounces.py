"""Who gets no more mail because mails came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from smo_kit.core.sweeps import run_sweeps
from smo_kit.mail.bounces import Outcome, points, take
from smo_kit.mail.failures import Trouble
from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Bounce, Mail, Suppression
from smo_kit.mail.reports import Report
from smo_kit.mail.services import is_suppressed, lift, post, suppress

pytestmark = pytest.mark.django_db

ANN = "ann@example.org"


@pytest.fixture
def sent(letter: Callable[..., Letter]) -> Callable[..., Mail]:
    def make(**fields: str) -> Mail:
        mail = post(letter(**fields))
        assert mail is not None
        return mail

    return make


def report(mail: Mail, trouble: Trouble = Trouble.GONE, **fields: object) -> Report:
    known = {"message_id": mail.message_id, "addresses": (mail.to,), "trouble": trouble, "said": "550 5.1.1 no"}
    return Report(**{**known, **fields})


def reasons() -> list[str]:
    return list(Suppression.objects.values_list("reason", flat=True))


@pytest.mark.parametrize(("trouble", "reason"), [(Trouble.GONE, "bounce"), (Trouble.COMPLAINT, "complaint")])
def test_no_such_address_and_a_complaint_end_all_mail_at_once(sent, trouble, reason):
    mail = sent()

    assert take(report(mail, trouble)) is Outcome.SUPPRESSED
    assert take(report(mail, trouble)) is Outcome.KNOWN
    assert is_suppressed(ANN, "news")
    assert is_suppressed(ANN, "confirm")
    assert not is_suppressed(ANN, "duty")
    assert reasons() == [reason]


def test_the_mail_says_what_became_of_it(sent):
    mail = sent()
    take(report(mail))

    mail.refresh_from_db()
    assert mail.last_error == "no such address: 550 5.1.1 no"


def test_four_points_within_a_month_are_too_many(sent):
    outcomes = [take(report(sent(), trouble)) for trouble in (Trouble.SOFT, Trouble.HARD, Trouble.SOFT)]

    assert outcomes == [Outcome.COUNTED, Outcome.COUNTED, Outcome.SUPPRESSED]
    assert reasons() == ["bounce"]


def test_old_points_do_not_count_and_are_swept(sent):
    take(report(sent(), Trouble.HARD))
    Bounce.objects.update(at=timezone.now() - dt.timedelta(days=31))

    assert take(report(sent(), Trouble.HARD)) is Outcome.COUNTED
    assert points(ANN) == 2
    assert run_sweeps()["bounces"] == 1
    assert Bounce.objects.count() == 1


def test_what_is_told_twice_counts_once(sent):
    mail = sent()

    assert [take(report(mail, Trouble.HARD)) for _ in range(3)] == [Outcome.COUNTED, Outcome.KNOWN, Outcome.KNOWN]
    assert points(ANN) == 2


def test_one_that_may_have_mail_again_begins_anew(sent):
    for _ in range(2):
        take(report(sent(), Trouble.HARD))
    lift(ANN)

    assert take(report(sent(), Trouble.SOFT)) is Outcome.COUNTED


@pytest.mark.parametrize(
    "forged",
    [
        {"message_id": "<other@magazine.test>"},
        {"message_id": ""},
        {"addresses": ("bob@example.org",)},
        {"addresses": ("no address", "")},
        {"addresses": ()},
    ],
)
def test_nobody_ends_another_s_mails_by_a_forged_report(sent, forged):
    sent(to="bob@example.org")

    assert take(report(sent(), **forged)) is Outcome.UNKNOWN
    assert reasons() == []


def test_the_address_may_be_written_otherwise(sent):
    mail = sent(to="Ann@bücher.example")

    assert take(report(mail, addresses=("elsewhere@example.org", "ANN@XN--BCHER-KVA.example"))) is Outcome.SUPPRESSED


def test_a_dry_run_says_the_same_and_changes_nothing(sent):
    mail = sent()

    assert take(report(mail), is_dry=True) is Outcome.SUPPRESSED
    assert take(report(mail, Trouble.HARD), is_dry=True) is Outcome.COUNTED
    assert (reasons(), Bounce.objects.count()) == ([], 0)
    take(report(mail, Trouble.HARD))
    assert take(report(mail, Trouble.HARD), is_dry=True) is Outcome.KNOWN
    assert take(report(sent(), Trouble.HARD), is_dry=True) is Outcome.SUPPRESSED
    suppress(ANN)
    assert take(report(mail), is_dry=True) is Outcome.KNOWN


def test_only_a_mark_of_the_address_is_kept(sent):
    take(report(sent(), Trouble.SOFT))

    assert ANN not in repr(Bounce.objects.values())
