"""Akismet is asked through the suite's only way out, and fails into the queue."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from smo_kit.core.http import Answer, Refused
from smo_kit.spam.rules import akismet as rule
from smo_kit.spam.rules.akismet import Akismet
from smo_kit.spam.services import Submission, judge
from tests.require import missing

pytestmark = pytest.mark.django_db
SENT = Submission(text="A lovely garden", address="192.0.2.1", name="Ann", is_edit=True)


@pytest.fixture(autouse=True)
def owner_wants_it(settings):
    if not rule.IS_INSTALLED:
        missing("akismet", "the package is not installed")
    settings.SMO_KIT = {
        "CORE": {"base_url": "https://example.org"},
        "SPAM": {"akismet_key": "k", "rules": ["smo_kit.spam.rules.akismet.Akismet"]},
    }


@pytest.fixture
def service(monkeypatch):
    """Answer in the service's place; returns what was asked."""
    asked = []

    def answers(body=b"", headers=None, error=None):
        def fetch(url, *, method, headers: dict, body: bytes, timeout, redirects):
            assert redirects == 0  # what a commenter has said goes to nobody else
            asked.append((url, method, parse_qs(body.decode()), timeout))
            if error:
                raise error
            return Answer(url, 200, said, answer, cut=False)

        said, answer = headers or {}, body
        monkeypatch.setattr(rule, "fetch", fetch)
        return asked

    return answers


@pytest.mark.parametrize(
    ("body", "headers", "sign"), [(b"true", {}, 1), (b"false", {}, -1), (b"true", {"X-akismet-pro-tip": "discard"}, 1)]
)
def test_its_answer_adds_to_the_score(service, body, headers, sign):
    asked = service(body, headers)
    signal = Akismet().judge(SENT)
    assert signal.score * sign > 0
    assert signal.hold is False
    ((url, method, sent, timeout),) = asked
    assert url.startswith("https://")
    assert (method, timeout) == ("POST", 3)
    assert (sent["user_ip"], sent["comment_content"], sent["recheck_reason"]) == (
        ["192.0.2.1"],
        ["A lovely garden"],
        ["edit"],
    )


@pytest.mark.parametrize("error", [Refused("too slow"), None])
def test_no_answer_or_nonsense_holds_the_text_and_leaves_the_score(service, error):
    service(b"<html>oops", error=error)
    verdict = judge(SENT)
    assert verdict.action == "hold"
    assert verdict.score < 0.4


def test_it_is_not_asked_without_a_key_or_an_address(service, settings):
    asked = service(b"true")
    assert Akismet().judge(Submission(text="x")) is None
    settings.SMO_KIT = {}
    assert Akismet().judge(SENT) is None
    assert asked == []
