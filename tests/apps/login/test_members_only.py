"""Where only members may write, a guest signs in from the form, and what he had written comes with him."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Entry
from smo_kit.comments.rendering import form_address
from tests.apps.login.wire import OWN_FORM, Reader, state_of
from tests.blog.models import Post

pytestmark = pytest.mark.django_db

TEXT = "Typed before\nanybody asked who I am."
NEW = "/smo/comments/new/"
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
