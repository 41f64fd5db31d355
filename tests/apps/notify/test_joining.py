"""The wish to follow survives signing in."""

from __future__ import annotations

import time
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString

from smo_kit.core import entrance, wishes
from smo_kit.core.answers import SeeOther, unstored
from smo_kit.core.entrance import Entrance, Way
from smo_kit.mail.models import Mail
from smo_kit.notify.models import Subscriber, Subscription
from tests.blog.models import Post

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


def test_who_comes_in_follows_as_he_had_chosen_and_is_back_at_the_page(client, join, entered, ada, discussion):
    join(often="weekly")
    assert entered[0][1] == "/posts/bridges/#comments"
    assert not Subscriber.objects.exists()

    client.force_login(ada)

    assert Subscription.objects.get().discussion == discussion
    assert Subscriber.objects.get().user == ada
    assert Subscriber.objects.get().frequency == "weekly"


def test_who_wants_only_answers_follows_nothing_more(client, join, ada):
    join(what="replies")
    client.force_login(ada)
    assert Subscriber.objects.get(user=ada).replies
    assert not Subscription.objects.exists()


def test_a_page_of_another_host_is_not_gone_to(join, entered, form, monkeypatch):
    monkeypatch.setattr(Post, "get_absolute_url", lambda self: "https://elsewhere.example/bridges/")
    join()
    assert entered[0][1] == form


def test_it_is_carried_out_once(client, join, ada, bob):
    join()
    client.force_login(ada)
    client.logout()
    client.force_login(bob)
    assert [one.user for one in Subscriber.objects.all()] == [ada]


@pytest.mark.parametrize("how", ["no button", "another browser", "later"])
def test_nobody_else_follows(client, join, form, ada, how, monkeypatch):
    if how == "no button":
        client.get(f"{form}&join=club&often=daily")
    else:
        join()
    if how == "later":
        late = time.time() + wishes.KEPT_SECONDS + 1
        monkeypatch.setattr(wishes.time, "time", lambda: late)
    (Client() if how == "another browser" else client).force_login(ada)
    assert not Subscriber.objects.exists()


def test_who_signed_in_in_another_tab_is_shown_the_button(client, form, fields_of, entered, ada):
    fields = {**fields_of(client.get(form)), "join": "club"}
    client.force_login(ada)
    answer = client.post(reverse("smo_notify:follow"), fields, headers=OWN)
    assert "You don't follow this discussion." in BeautifulSoup(answer.content, "html.parser").text
    assert entered == []
    assert not Subscription.objects.exists()


def test_a_page_that_is_gone_keeps_nobody_out(client, join, discussion, ada):
    join()
    Post.objects.all().delete()
    client.force_login(ada)
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert not Subscriber.objects.exists()


def test_a_sign_in_without_a_session_is_none_of_ours(rf, ada):
    user_logged_in.send(sender=type(ada), request=rf.get("/"), user=ada)
    user_logged_in.send(sender=type(ada), request=None, user=ada)
    assert not Subscriber.objects.exists()


def test_a_guest_who_could_not_sign_in_finds_it_too(client, join, form):
    join(often="daily", what="replies")
    assert chosen_in(client.get(form)) == {"often": "daily", "what": "replies"}


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
