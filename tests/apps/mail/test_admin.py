"""The outbox in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Mail, State, Suppression
from smo_kit.mail.services import is_suppressed, post, suppress
from tests.apps.staff import browser_of, staff

pytestmark = pytest.mark.django_db

LIST = "admin:smo_mail_mail_changelist"
SUPPRESSED = "admin:smo_mail_suppression_changelist"
Make = Callable[..., Letter]


@pytest.fixture
def dead(letter: Make) -> Mail:
    mail = post(letter(html="<b>Hi</b>"))
    assert mail is not None
    mail.state, mail.tries, mail.last_error = State.DEAD, 6, "550 No such user"
    mail.save()
    return mail


def person(*codenames: str) -> Client:
    return browser_of(staff(*codenames, app="smo_mail"))


def test_dead_letters_are_found_and_say_why(admin_client: Client, dead: Mail, letter: Make) -> None:
    post(letter(to="bob@example.org"))

    page = admin_client.get(reverse(LIST), {"state": "dead"}).content.decode()

    assert "550 No such user" in page
    assert "bob@example.org" not in page


def test_a_mail_can_be_read_and_not_changed(admin_client: Client, dead: Mail) -> None:
    page = admin_client.get(reverse("admin:smo_mail_mail_change", args=[dead.pk])).content.decode()

    assert "Hi." in page
    assert 'name="_save"' not in page
    assert admin_client.post(reverse("admin:smo_mail_mail_change", args=[dead.pk]), {}).status_code == 403


def test_a_dead_letter_is_sent_again_by_who_may(dead: Mail) -> None:
    data = {"action": "send_again", "_selected_action": [dead.pk]}

    person("view_mail").post(reverse(LIST), data)
    dead.refresh_from_db()
    assert dead.state == State.DEAD
    User.objects.all().delete()

    person("change_mail").post(reverse(LIST), data)
    dead.refresh_from_db()
    assert (dead.state, dead.tries) == (State.WAITING, 0)


def test_mails_of_another_site_are_not_shown(admin_client: Client, dead: Mail) -> None:
    Mail.objects.update(site_id=2)

    assert "ann@example.org" not in admin_client.get(reverse(LIST)).content.decode()


def test_an_address_is_added_once_and_kept_as_a_mark(admin_client: Client) -> None:
    add = reverse("admin:smo_mail_suppression_add")

    assert admin_client.post(add, {"address": "Ann@example.org", "kind": ""}).status_code == 302
    assert "already" in admin_client.post(add, {"address": "ann@example.org", "kind": ""}).content.decode()
    assert "no e-mail address" in admin_client.post(add, {"address": "ann", "kind": ""}).content.decode()

    assert is_suppressed("ann@example.org", "news")
    assert Suppression.objects.count() == 1
    assert "ann" not in admin_client.get(reverse(SUPPRESSED)).content.decode().partition("result_list")[2]


@pytest.mark.parametrize(("asked", "found"), [("ANN@example.org", 1), ("bob@example.org", 0), ("ann", 0)])
def test_an_address_is_looked_for_whole(admin_client: Client, asked: str, found: int) -> None:
    suppress("ann@example.org")

    response: Any = admin_client.get(reverse(SUPPRESSED), {"q": asked})

    assert response.context["cl"].result_count == found


def test_an_address_is_taken_from_the_list(admin_client: Client) -> None:
    suppress("ann@example.org")
    row = Suppression.objects.get()

    assert admin_client.get(reverse("admin:smo_mail_suppression_change", args=[row.pk])).status_code == 200
    admin_client.post(reverse("admin:smo_mail_suppression_delete", args=[row.pk]), {"post": "yes"})
    assert not is_suppressed("ann@example.org", "news")
