"""Pictures of members beside their comments."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smo_kit.comments.models import Entry
from smo_kit.core import members

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unconfirmed(settings, monkeypatch):
    cache.clear()
    monkeypatch.setattr(members, "_faces", [])
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"confirm_guests": False}}


@pytest.fixture
def asked(monkeypatch, member):
    asked = []

    def faces(ids):
        asked.append(set(ids))
        list(Entry.objects.filter(pk=0))  # it costs a query
        return {member.pk: "/media/ada.webp?<v>"}

    members.register_faces(faces)
    return asked


def discs(client) -> list:
    page = BeautifulSoup(client.get("/posts/bridges/").content, "html.parser")
    return page.select(".smo-comment .smo-disc")


def test_who_has_one_is_shown_with_it_and_others_with_their_letter(client, say, member, asked, django_user_model):
    bob = django_user_model.objects.create_user("bob", "bob@example.org")
    say("One.")
    say("Two.", user=bob)
    say("Three.", user=None, name="Grace", email="grace@example.org")
    one, two, three = discs(client)
    assert (one.name, one["src"], one["alt"], one["loading"]) == ("img", "/media/ada.webp?<v>", "", "lazy")
    assert (one["width"], one["height"]) == ("32", "32")
    assert [(other.name, other.text) for other in (two, three)] == [("span", "B"), ("span", "G")]
    assert asked == [{member.pk, bob.pk}]


def test_a_page_of_guests_asks_for_none(client, say, asked):
    say("Three.", user=None, name="Grace", email="grace@example.org")
    assert [one.name for one in discs(client)] == ["span"]
    assert asked == []


def test_they_cost_one_query_and_only_where_an_app_has_them(client, say, member, request):
    for n in range(5):
        say(f"Number {n}.")

    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as found:
            discs(client)
        return len(found)

    queries()
    without = queries()
    request.getfixturevalue("asked")
    assert queries() == without + 1


def test_they_are_kept_with_the_discussion(client, say, asked):
    say()
    discs(client)
    discs(client)
    assert len(asked) == 1
