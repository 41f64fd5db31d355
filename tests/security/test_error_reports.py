"""A report of an error, with DEBUG and without, as text and as a page, has nothing that opens a page or an account."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest
from django.core.signing import Signer
from django.test import RequestFactory
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from smo_kit.core.error_reports import STARS, Reporter, ReporterFilter, WithoutTokens, without_tokens
from smo_kit.core.tokens import sign
from smo_kit.core.visitors import COOKIE
from tests.documentation import ROOT
from tests.security.failing import failed

TOKEN = sign("any", "12", "guest")
VISITOR = Signer(salt="smo_kit.visitor").sign("0123456789abcdef" * 2 + ".a1")
SECRETS = {
    "the token of an address": TOKEN,
    "the visitor's cookie": VISITOR,
    "the session": "sessionidsessionid",
    "another site's cookie": "tastyvalue",
    "a password": "hunter2",
    "a mail address": "guest@example.org",
    "where he came from": "203.0.113.7",
    "a token of a form": "formtoken",
    "a word of the query": "queryword",
    "a device": "https://push.example/abc",
    "the password of a broker": "brokerword",
}
KEPT = ("boom", "/smo/notify/manage/", "Hello there", "AttributeError")


@pytest.fixture
def request_that_fails(settings):
    settings.CELERY_BROKER_URL = "amqp://us:brokerword@rabbit.example//"
    asked = RequestFactory().post(
        f"/smo/notify/manage/{TOKEN}/?token=queryword&page=2&q={TOKEN}",
        {"text": "Hello there", "email": "guest@example.org", "csrfmiddlewaretoken": "formtoken", "pass": "hunter2",
         "endpoint": "https://push.example/abc", "next": f"/smo/notify/manage/{TOKEN}/"},
        REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR="203.0.113.7", HTTP_CF_CONNECTING_IP="203.0.113.7",
        HTTP_REFERER=f"https://a.example/{TOKEN}/",
    )  # fmt: skip
    asked.COOKIES = {COOKIE: VISITOR, "sessionid": "sessionidsessionid", "taste": "tastyvalue"}
    asked.META["HTTP_COOKIE"] = f"{COOKIE}={VISITOR}; sessionid=sessionidsessionid; taste=tastyvalue"
    asked.exception_reporter_filter = ReporterFilter()
    return asked


def report_of(request, kind=Reporter):
    named = {"token": TOKEN, "email": "guest@example.org", "password": b"hunter2", "more": {"key": "formtoken"}}
    return kind(request, *failed(request, **named, client="203.0.113.7", ip="203.0.113.7"))


@pytest.mark.parametrize("debug", [False, True], ids=["served", "developed"])
@pytest.mark.parametrize("form", ["get_traceback_text", "get_traceback_html"])
def test_a_report_has_no_secret_and_still_says_what_is_wrong(request_that_fails, settings, form, debug):
    settings.DEBUG = debug
    report = report_of(request_that_fails)
    report.is_email = not debug
    shown = getattr(report, form)()
    assert [what for what, secret in SECRETS.items() if secret in shown] == []
    assert [one for one in KEPT if one not in shown] == []


def test_a_report_without_a_request_is_written():
    try:
        raise ValueError(f"boom {TOKEN}")
    except ValueError:
        shown = Reporter(None, *sys.exc_info()).get_traceback_text()
    assert "boom" in shown
    assert f"Exception Value: boom {STARS}" in shown


def test_nobody_prevents_a_report_by_a_long_address(request_that_fails, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    request_that_fails.META["HTTP_REFERER"] = "https://a.example/?" + "a&" * 51
    shown = report_of(request_that_fails).get_traceback_text()
    assert f"https://a.example/?{STARS}" in shown


def test_a_member_whose_name_is_an_address_stays_unnamed(request_that_fails):
    request_that_fails.user = "guest@example.org"
    assert "guest@example.org" not in report_of(request_that_fails).get_traceback_html()


def test_a_password_with_an_at_sign_is_hidden_as_a_whole():
    shown = ReporterFilter().cleanse_setting("BROKER", "amqp://us:one@two@rabbit.example//")
    assert shown == f"amqp://{STARS}@rabbit.example//"


def test_djangos_own_report_would_tell(request_that_fails):
    """So the test above can fail."""
    request_that_fails.exception_reporter_filter = SafeExceptionReporterFilter()
    shown = report_of(request_that_fails, ExceptionReporter).get_traceback_text()
    assert [what for what, secret in SECRETS.items() if secret in shown] != []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Internal Server Error: /smo/notify/end/{TOKEN}/", f"Internal Server Error: /smo/notify/end/{STARS}/"),
        (f"a@b.example, {VISITOR}", f"{STARS}, {STARS}"),
        ("smo_kit.core.error_reports.WithoutTokens", "smo_kit.core.error_reports.WithoutTokens"),
        ("10:15:22, https://example.org/posts/a-page/?p=1", "10:15:22, https://example.org/posts/a-page/?p=1"),
        ("", ""),
    ],
)
def test_only_what_is_signed_is_hidden(text, shown):
    assert without_tokens(text) == shown


def test_a_logged_line_has_no_token():
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Internal Server Error", f"/smo/notify/end/{TOKEN}/")})
    assert WithoutTokens().filter(record) is True
    assert record.getMessage() == f"Internal Server Error: /smo/notify/end/{STARS}/"


def test_a_traceback_below_a_line_has_no_token():
    try:
        raise ValueError(f"boom {TOKEN} of guest@example.org")
    except ValueError:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": sys.exc_info()})
    WithoutTokens().filter(record)
    shown = logging.Formatter().format(record)
    assert f"ValueError: boom {STARS} of {STARS}" in shown
    assert "raise ValueError" in shown


def test_a_line_that_can_not_be_made_breaks_nobody():
    """Its handler complains, as it does without the filter."""
    record = logging.makeLogRecord({"msg": "%s and %s", "args": ("one",)})
    assert WithoutTokens().filter(record) is True
    with pytest.raises(TypeError):
        record.getMessage()


def test_the_settings_of_the_docs_mail_an_error_once():
    """Django's own logger mails, too, unless it is named: a process of its own, since this configures the logs."""
    command = [sys.executable, "-m", "tests.security.docs_logging"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    (mail,) = found["mails"]
    assert f"boom {STARS}" in mail
    assert found["token"] not in mail + done.stderr
