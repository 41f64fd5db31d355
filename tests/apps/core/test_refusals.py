"""Why acts are refused, in words for whoever counts them."""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from pathlib import Path

import pytest
from django.test import Client

from smo_kit.core import refusals
from smo_kit.core.refusals import Reason, Refused, note_refusal, on_refusal
from smo_kit.core.subjects import key_of
from tests.blog.models import Post

DEPLOY = Path(__file__).resolve().parents[3] / "docs" / "deploy.md"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
HERE = {**BROWSER, "Sec-Fetch-Site": "same-origin"}
ELSEWHERE = {**BROWSER, "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def heard(monkeypatch):
    """Reason, status and field of each refusal."""
    monkeypatch.setattr(refusals, "_heard", [])
    found = []
    on_refusal(lambda *said: found.append(said))
    return found


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (HTTPStatus.BAD_REQUEST, "input"),
        (HTTPStatus.FORBIDDEN, "forbidden"),
        (HTTPStatus.NOT_FOUND, "gone"),
        (HTTPStatus.CONFLICT, "conflict"),
        (HTTPStatus.GONE, "gone"),
        (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size"),
        (HTTPStatus.TOO_MANY_REQUESTS, "throttle"),
        (HTTPStatus.SERVICE_UNAVAILABLE, "failed"),
    ],
)
def test_without_a_reason_the_status_says_it(heard, status, reason):
    Refused("No.", status=status, field="email")
    assert heard == [(reason, status, "email")]


def test_who_hears_it_twice_counts_once(monkeypatch):
    monkeypatch.setattr(refusals, "_heard", [])
    found = []

    def hear(reason, status, field):
        found.append(reason)

    on_refusal(hear)
    on_refusal(hear)
    note_refusal(Reason.CSRF, HTTPStatus.FORBIDDEN)
    assert found == ["csrf"]


def test_it_is_logged_by_a_name_that_stays(caplog):
    with caplog.at_level(logging.INFO, "smo_kit.core.refusals"):
        Refused("Ann may not.", status=HTTPStatus.FORBIDDEN, reason=Reason.SPAM, field="name")
    (record,) = caplog.records
    assert (record.event, record.fields) == ("core.refused", {"reason": "spam", "status": 403, "field": "name"})
    assert "Ann" not in caplog.text


def test_the_docs_have_all_reasons():
    part = DEPLOY.read_text(encoding="utf-8").partition("### Why acts are refused")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(Reason)


@pytest.mark.django_db
class TestActs:
    """What is refused, where it is refused."""

    @pytest.fixture
    def post(self, heard):
        client = Client(enforce_csrf_checks=True)

        def send(path, headers=HERE, **data):
            answer = client.post(path, data, headers=headers)
            return answer.status_code, [str(reason) for reason, _, _ in heard]

        return send

    @pytest.mark.parametrize(
        ("path", "data", "headers", "status", "reason"),
        [
            ("/smo/seen/", {"o": "forged"}, HERE, 400, "bad_token"),
            ("/smo/seen/", {"o": "forged"}, ELSEWHERE, 403, "csrf"),
            ("/smo/seen/", {"o": "x" * 9000}, HERE, 413, "size"),
            ("/smo/lock/forged/open/", {"way": "wait"}, HERE, 400, "bad_token"),
            ("/smo/ratings/forged/", {"rate": "5"}, HERE, 400, "bad_token"),
            ("/smo/comments/new/", {"o": "forged"}, HERE, 400, "bad_token"),
            ("/smo/login/start/", {"with": "vk"}, ELSEWHERE, 403, "csrf"),
        ],
    )
    def test_forged_and_foreign_acts_have_a_reason(self, post, path, data, headers, status, reason):
        assert post(path, headers, **data) == (status, [reason])

    def test_a_report_too_many_is_a_throttle(self, post, settings):
        settings.SMO_KIT = {"ENGAGEMENT": {"address_limit": 1}}
        page = Post.objects.create(slug="bridges", title="Bridges of stone")
        key = key_of(page).sign()
        assert post("/smo/seen/", o=key) == (204, [])
        assert post("/smo/seen/", o=key) == (429, ["throttle"])
