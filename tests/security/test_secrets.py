"""Nothing that opens an account, and no address of a person, stands in a repr, an error report or a log."""

from __future__ import annotations

import logging

import pytest
from django.test import RequestFactory
from django.views.debug import SafeExceptionReporterFilter

from smo_kit.comments.drafts import Draft
from smo_kit.core.people import Person
from smo_kit.core.visitors import Visitor
from smo_kit.login.views import password
from smo_kit.mail.letters import Letter
from smo_kit.notify.links import MANAGE
from smo_kit.notify.models import Subscriber
from smo_kit.spam.submissions import Submission
from tests.security.site import views

SECRET, ADDRESS, IP = "0123456789abcdef" * 2, "ada@example.org", "203.0.113.7"


@pytest.mark.parametrize(
    "carries",
    [
        Visitor(SECRET, 1),
        Draft(text="Hello", email=ADDRESS, address=IP, visitor=Visitor(SECRET)),
        Submission(text="Hello", email=ADDRESS, address=IP),
        Person(ADDRESS, others=(ADDRESS,)),
        Letter(to=ADDRESS, subject="Hello", text="Hello", kind="login-left", unsubscribe=f"https://a.example/{SECRET}"),
        Subscriber(address=ADDRESS),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_repr_keeps_to_itself_what_it_carries(carries):
    assert not any(one in repr(carries) for one in (SECRET, ADDRESS, IP))


@pytest.mark.django_db
def test_an_error_report_has_no_password():
    request = RequestFactory().post("/smo/login/password/", {"login": "ada", "password": "hunter2"})
    with pytest.raises(AttributeError):  # no session
        password(request)
    shown = SafeExceptionReporterFilter().get_post_parameters(request)
    assert "hunter2" not in str(shown)


def test_an_error_report_has_no_key_of_the_suite(settings):
    settings.SMO_KIT = {"SPAM": {"akismet_key": SECRET}, "NOTIFY": {"push_private_key": SECRET}}
    assert SECRET not in str(SafeExceptionReporterFilter().get_safe_settings()["SMO_KIT"])


def test_no_log_of_a_look_has_an_address_or_a_token(world, caplog):
    caplog.set_level(logging.DEBUG, logger="smo_kit")
    client = world.client("superuser", raise_request_exception=False)
    for view in views():
        if view.route.startswith("smo/"):
            client.get(world.path(view))
    logged = "\n".join(
        f"{one.getMessage()} {one.exc_text or ''}" for one in caplog.records if one.name[:7] == "smo_kit"
    )
    assert not any(
        one in logged for one in ("guest@example.org", ADDRESS, MANAGE, "/manage/", client.cookies["sessionid"].value)
    )
