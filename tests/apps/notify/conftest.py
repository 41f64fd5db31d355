from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import override_settings
from django.utils import timezone

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Entry
from smo_kit.comments.services import post
from smo_kit.mail.sending import send_what_is_due
from smo_kit.notify.models import Delivery, Subscriber
from smo_kit.notify.services import follow
from smo_kit.notify.subscribers import at_address, prove, subscriber_of
from tests.blog.models import Post


@pytest.fixture(autouse=True, scope="module")
def pages_with_comments() -> Iterator[None]:
    """For a module, not a test: after each change of it Django reads all addresses anew."""
    with override_settings(ROOT_URLCONF="tests.apps.comments.urls"):
        yield


@pytest.fixture(autouse=True)
def the_site(settings):
    own = {
        "COMMENTS": {"confirm_guests": False},
        "SPAM": {"fast_seconds": 0},
        "NOTIFY": {"digest_hour": (timezone.now().hour + 12) % 24},  # no digest while the test runs
    }
    settings.SMO_KIT = settings.SMO_KIT | own
    settings.DEFAULT_FROM_EMAIL = "Magazine <news@magazine.test>"


@pytest.fixture
def article(db):
    return Post.objects.create(slug="bridges", title="Bridges of stone", lead="How", body="Stone by stone.")


@pytest.fixture
def discussion(article):
    return discussion_of(article)


@pytest.fixture
def ada(db):
    return get_user_model().objects.create_user("ada", "ada@example.org", "pw", first_name="Ada")


@pytest.fixture
def bob(db):
    return get_user_model().objects.create_user("bob", "bob@example.org", "pw", first_name="Bob")


@pytest.fixture
def say(article):
    """Post a comment and return its Entry."""

    def say(user=None, text="The third arch is the oldest one.", reply_to: Entry | None = None, on=None, **fields):
        draft = Draft(text=text, reply_to=reply_to.pk if reply_to else None, user=user, language="en", **fields)
        return post(on or article, draft).entry

    return say


@pytest.fixture
def reader(discussion):
    """A guest who has proved his address and follows the discussion."""

    def reader(name="reader", *, follows=discussion, **columns) -> Subscriber:
        one = prove(at_address(f"{name}@example.org", language="en"))
        if follows is not None:
            follow(one, follows)
        if columns:
            Subscriber.objects.filter(pk=one.pk).update(**columns)
            one.refresh_from_db()
        return one

    return reader


@pytest.fixture
def by_mail():
    """A member who gets mail at his proved address."""

    def by_mail(user, **columns) -> Subscriber:
        one = prove(subscriber_of(user, language="en"))
        Subscriber.objects.filter(pk=one.pk).update(**{"frequency": "instant", **columns})
        one.refresh_from_db()
        return one

    return by_mail


@pytest.fixture
def fields_of():
    """Return what a browser sends with the first form of a page (or the one that has a field), as it was filled in."""

    def fields_of(response, has: str = "") -> dict[str, str]:
        soup = BeautifulSoup(response.content, "html.parser")
        forms = [one for one in soup.select("form[method=post]") if not has or one.select_one(f"[name={has}]")]
        fields = {one["name"]: one.get("value", "") for one in forms[0].select("input[name]:not([type=checkbox])")}
        fields |= {one["name"]: "on" for one in forms[0].select("input[type=checkbox][checked]")}
        for select in forms[0].select("select"):
            chosen = select.select_one("option[selected]") or select.select_one("option")
            fields[select["name"]] = chosen["value"]
        return fields

    return fields_of


@pytest.fixture
def deliver(mailoutbox):
    """Let the debounce pass and a worker work; return what was sent since, as (to, subject)."""

    def deliver(hours: float = 1) -> list:
        before = len(mailoutbox)
        send_what_is_due()
        later = timezone.now() + dt.timedelta(hours=hours)
        Delivery.objects.filter(due__lte=later).update(due=timezone.now())
        send_what_is_due()
        return mailoutbox[before:]

    return deliver
