"""The wish to follow survives signing in."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString

from smo_kit.core import entrance
from smo_kit.core.answers import SeeOther, unstored
from smo_kit.core.entrance import Entrance, Way
from smo_kit.mail.models import Mail
from smo_kit.notify.models import Subscriber, Subscription

pytestmark = pytest.mark.django_db

OWN = {"Origin": "http://testserver"}
WAY = Way(id="club", name="The Club", mark=SafeString(""))


@pytest.fixture(autouse=True)
def entered(monkeypatch):
    """Let visitors sign in by a club; return what its entrance was asked."""
    cache.clear()
    asked = []

    def enter(request, way, then, subject):
        asked.append((way, then, subject))
        return unstored(SeeOther("https://club.example/"))

    monkeypatch.setattr(entrance, "_entrances", [Entrance(ways=lambda: (WAY,), enter=enter)])
    return asked


@pytest.fixture
def form(discussion):
    return f"{reverse('smo_notify:follow')}?{urlencode({'o': discussion.key.sign(), 'l': 'en'})}"


@pytest.fixture
def join(client, form, fields_of):
    def join(headers=OWN, **more):
        fields = {**fields_of(client.get(form)), "join": "club", **more}
        return client.post(reverse("smo_notify:follow"), fields, headers=headers)

    return join


def chosen_in(answer) -> dict[str, str]:
    soup = BeautifulSoup(answer.content, "html.parser")
    return {one["name"]: option["value"] for one in soup.select("select") if (option := one.select_one("[selected]"))}


def test_guests_are_offered_the_ways_and_the_enter_key_does_not_join(client, form, ada):
    soup = BeautifulSoup(client.get(form).content, "html.parser")
    assert soup.select_one(".smo-join button[name=join]")["value"] == "club"
    assert soup.select_one("form button")["value"] == "follow"
    client.force_login(ada)
    assert b'name="join"' not in client.get(form).content


def test_nothing_is_followed_or_mailed_before(join, entered, discussion):
    answer = join(email="grace@example.org")
    assert (answer.status_code, answer["Location"]) == (303, "https://club.example/")
    assert (entered[0][0], entered[0][2]) == ("club", discussion.key.speaking(""))
    assert not Subscriber.objects.exists()
    assert not Mail.objects.exists()
    assert "grace" not in entered[0][1]


def test_whoever_comes_back_finds_what_he_had_chosen(join, entered, ada, fields_of, discussion):
    join(often="weekly", what="replies")
    client = Client()
    client.force_login(ada)
    back = client.get(entered[0][1])
    assert chosen_in(back)["often"] == "weekly"
    assert 'href="/posts/bridges/#comments"' in back.content.decode()
    client.post(reverse("smo_notify:follow"), {**fields_of(back), "act": "follow"}, headers=OWN)
    assert Subscription.objects.get().discussion == discussion
    assert Subscriber.objects.get(user=ada).frequency == "weekly"


def test_a_guest_who_could_not_sign_in_finds_it_too(client, join, entered):
    join(often="daily", what="replies")
    assert chosen_in(client.get(entered[0][1])) == {"often": "daily", "what": "replies"}


@pytest.mark.parametrize("often", ["never", "hourly", "<script>", "\0"])
def test_an_address_chooses_nothing_else(client, form, often):
    answer = client.get(f"{form}&{urlencode({'often': often, 'what': often})}")
    assert answer.status_code == 200
    assert chosen_in(answer) == {"often": ""} or not chosen_in(answer)
    assert b"<script>" not in answer.content


def test_another_site_can_send_nobody_away(form, entered, fields_of, client):
    fields = {**fields_of(client.get(form)), "join": "club"}
    fields.pop("csrfmiddlewaretoken", None)
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("smo_notify:follow"), fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, entered) == (403, [])
