"""A guest signs in from a form, and what he wanted comes with him: what he had written, and to follow."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Entry
from smo_kit.comments.rendering import form_address
from smo_kit.mail.models import Mail
from smo_kit.notify.models import Subscriber, Subscription
from tests.apps.login.test_flow import CODE, code_in
from tests.apps.login.wire import OWN_FORM, Reader, path_of, state_of
from tests.blog.models import Post

pytestmark = pytest.mark.django_db

TEXT = "Typed before\nanybody asked who I am."
NEW = "/smo/comments/new/"
FOLLOW = "/smo/notify/follow/"
PART = {"X-Smo-Part": "1"}


@pytest.fixture
def form(settings):
    cache.clear()
    settings.SMO_KIT = {**settings.SMO_KIT, "SPAM": {"fast_seconds": 0}, "COMMENTS": {"confirm_guests": False}}
    settings.SOCIALACCOUNT_PROVIDERS = {"dummy": {"APPS": [{"client_id": "us", "secret": "s3cret"}]}}
    return form_address(discussion_of(Post.objects.create(slug="bridges", title="Bridges", body="Stone.")).key)


def fields_in(answer) -> dict[str, str]:
    form = BeautifulSoup(answer.content, "html.parser").select_one("form.smo-comment-form")
    typed = {one["name"]: one.text.removeprefix("\n") for one in form.select("textarea")}
    return {**{one["name"]: one.get("value", "") for one in form.select("input")}, **typed}


@pytest.mark.parametrize("part", [{}, PART], ids=["page", "script"])
def test_the_switch_of_the_site_leads_a_guest_in_with_his_draft(reader: Reader, form, settings, part):
    client = reader.client
    opened = {**fields_in(client.get(form, headers=part)), "comment": TEXT, "name": "G", "email": "g@example.org"}
    settings.SMO_KIT = {**settings.SMO_KIT, "ACCESS": {"comment": "members"}}

    refused = client.post(NEW, opened, headers=part)
    soup = BeautifulSoup(refused.content, "html.parser")
    assert refused.status_code == 403
    assert "Only members may write here. Please sign in." in soup.text
    assert soup.select_one("button[name=join][value=dummy]")

    away = client.post(NEW, {**fields_in(refused), "join": "dummy"}, headers=OWN_FORM)
    back = reader.say(state_of(away), email="new@example.org", email_verified=True, first_name="Neo")["Location"]
    page, _, word = back.partition("#smo-kept=")
    again = client.get(f"{form}&kept={word}" if word else back, headers=part)

    assert bool(word) == bool(part)
    assert urlsplit(page).path == ("/posts/bridges/" if part else urlsplit(form).path)
    assert fields_in(again)["comment"] == TEXT
    assert not Entry.objects.exists()
    client.post(NEW, fields_in(again), headers=part)
    comment = Entry.objects.get().comment
    assert (comment.comment, comment.user_name) == (TEXT, "Neo")


@pytest.mark.parametrize("is_proved", [True, False], ids=["at once", "by a code"])
def test_who_signs_in_to_follow_does(reader: Reader, form, is_proved):
    client = reader.client
    follow = form.replace(NEW, FOLLOW)
    fields = fields_in(client.get(follow)) | {"often": "daily", "join": "dummy"}

    back = reader.say(
        state_of(client.post(FOLLOW, fields, headers=OWN_FORM)), email="new@example.org", email_verified=is_proved
    )
    if not is_proved:
        assert path_of(back) == CODE
        assert not Subscription.objects.exists()
        back = client.post(CODE, {"code": code_in(Mail.objects.get())})

    assert back["Location"] == "/posts/bridges/#comments"
    subscriber = Subscription.objects.get().subscriber
    assert (subscriber.user_id, subscriber.frequency) == (int(reader.user_id), "daily")
    assert subscriber.confirmed_at, "his address is proved: no more mail asks"
    assert "You follow this discussion." in client.get(follow).content.decode()
    assert "Bridges: You follow this discussion." in client.get("/smo/login/account/").content.decode()
    assert Subscriber.objects.count() == 1
