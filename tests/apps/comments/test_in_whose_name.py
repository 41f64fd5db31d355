"""A comment is published in the name that its form has shown, or the form asks again."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Entry
from smo_kit.comments.rendering import form_address

TEXT = "My grandfather laid some of these stones."
GUEST = {"name": "Grace", "email": "grace@example.org"}


@pytest.fixture(autouse=True)
def quick(settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "SPAM": {"fast_seconds": 0}, "COMMENTS": {"confirm_guests": False}}


@pytest.fixture
def key(article):
    return discussion_of(article).key


@pytest.fixture
def nina(db):
    return get_user_model().objects.create_user("nina", "nina@example.org", "pw", first_name="Nina", last_name="Lind")


@pytest.fixture
def form_of(client, key):
    """Return the fields of a form that is opened by a member, or by a guest (None)."""

    def form_of(user, **more):
        be(client, user)
        return {**fields_in(client.get(form_address(key))), "comment": TEXT, **({} if user else GUEST), **more}

    return form_of


def be(client: Client, user) -> None:
    client.logout()
    if user:
        client.force_login(user)


def fields_in(answer) -> dict[str, str]:
    form = BeautifulSoup(answer.content, "html.parser").select_one("form[data-smo-form]")
    typed = {one["name"]: one.text.removeprefix("\n") for one in form.select("textarea")}
    return {**{one["name"]: one.get("value", "") for one in form.select("input")}, **typed}


def send(client: Client, fields, **headers):
    return client.post(reverse("smo_comments:new"), fields, headers=headers)


@pytest.mark.parametrize("headers", [{}, {"X-Smo-Part": "1"}], ids=["page", "script"])
@pytest.mark.parametrize("opened_by", ["nina", "guest"])
def test_who_signs_in_as_another_meanwhile_is_asked_again(client, form_of, member, nina, opened_by, headers):
    fields = form_of(nina if opened_by == "nina" else None)
    be(client, member)

    answer = send(client, fields, **headers)

    assert answer.status_code == 409
    assert not Entry.objects.exists()
    soup = BeautifulSoup(answer.content, "html.parser")
    said = soup.select_one("[role=alert]").text
    assert said == "You are signed in as Ada Byron now. Send it once more if that is right."
    again = fields_in(answer)
    assert again["comment"] == TEXT

    send(client, again)
    assert Entry.objects.get().comment.user == member


def test_who_signed_out_meanwhile_is_asked_again(client, form_of, nina):
    fields = form_of(nina)
    be(client, None)

    answer = send(client, {**fields, **GUEST})

    assert answer.status_code == 409
    assert "You are not signed in any more." in answer.content.decode()
    assert not Entry.objects.exists()
    send(client, {**fields_in(answer), **GUEST})
    assert Entry.objects.get().comment.user is None


def test_a_preview_does_not_change_the_name_unsaid(client, form_of, member, nina):
    fields = form_of(nina, preview="1")
    be(client, member)
    assert send(client, fields).status_code == 409


@pytest.mark.parametrize("who", ["nina", "guest"])
def test_who_is_still_the_same_sends_at_once(client, form_of, nina, who):
    assert send(client, form_of(nina if who == "nina" else None)).status_code == 303
    assert Entry.objects.get().comment.user == (nina if who == "nina" else None)


def test_a_change_of_the_key_makes_nobody_another(client, form_of, nina, settings):
    fields = form_of(nina)
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [old]
    assert send(client, fields).status_code == 303


def test_the_mark_tells_nobody_the_number_of_an_account(form_of, nina):
    given = form_of(nina)["as"]
    assert len(given) == 64
    assert form_of(None)["as"] == ""


def test_a_form_without_the_field_is_taken_as_it_comes(client, form_of, member, nina):
    fields = form_of(nina)
    del fields["as"]
    be(client, member)
    assert send(client, fields).status_code == 303
    assert Entry.objects.get().comment.user == member
