"""A moderator decides on the text that he has seen, and on no other."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from smo_kit.comments.models import Entry
from smo_kit.comments.moves import move
from smo_kit.comments.services import edit
from smo_kit.comments.states import State
from smo_kit.mail.models import Mail
from smo_kit.spam.models import Decision

QUEUE = "/admin/smo_comments/entry/"
OTHER = "Play at our casino, the best bonus in town waits for you."
ADVERT = "Buy cheap watches and handbags at our shop today, best prices in the whole town, free delivery for everybody"


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def messages(answer):
    return [one.get_text(" ", strip=True) for one in soup(answer).select(".messagelist li")]


def state_of(entry):
    return Entry.objects.values_list("state", flat=True).get(pk=entry.pk)


@pytest.fixture
def held(say, settings):
    settings.SMO_KIT = {"COMMENTS": {"hold": "all", "moderators": ("mod@example.org",)}}
    return say()


@pytest.mark.parametrize("verdict", ["publish", "spam", "remove"])
def test_a_button_of_the_queue_does_nothing_to_another_text(admin_client, held, verdict):
    button = soup(admin_client.get(QUEUE)).select_one(f"button.smo-{verdict}")
    edit(held, OTHER)

    answer = admin_client.post(QUEUE, {"smo_do": button["value"]}, follow=True)

    assert messages(answer) == ["The text has changed since you saw it: nothing was done. Please look at it once more."]
    assert (state_of(held), Decision.objects.count()) == (State.HELD, 0)
    button = soup(answer).select_one(f"button.smo-{verdict}")
    admin_client.post(QUEUE, {"smo_do": button["value"]})
    assert state_of(held) != State.HELD


def choose_all(page, action):
    return {
        "action": action,
        "_selected_action": [one["value"] for one in page.select("input.action-select")],
        "smo_seen": [one["value"] for one in page.select("[name=smo_seen]")],
        "index": "0",
    }


def test_many_at_once_leave_alone_what_was_changed(admin_client, held, say):
    others = [say(f"Remark {n}.") for n in range(2)]
    form = choose_all(soup(admin_client.get(QUEUE)), "publish_all")
    edit(held, OTHER)

    answer = admin_client.post(QUEUE, form, follow=True)

    assert messages(answer) == [
        "The text has changed since you saw it: nothing was done. Please look at it once more.",
        "2 comments: published. Undo",
    ]
    assert state_of(held) == State.HELD
    assert {state_of(one) for one in others} == {State.PUBLISHED}


def test_a_look_alike_that_is_another_text_by_now_is_left(admin_client, say):
    first, second = say(ADVERT), say(f"{ADVERT}!")
    for one in (first, second):
        move(one, State.PUBLISHED)
    url = f"{QUEUE}{first.pk}/alike/"
    page = soup(admin_client.get(url))
    form = {name: [one["value"] for one in page.select(f"[name={name}]")] for name in ("pk", "smo_seen")}
    edit(second, "The mortar is younger than the stones.")

    admin_client.post(url, form)

    assert state_of(second) == State.PUBLISHED


class TestMail:
    @pytest.fixture
    def link(self, held):
        return re.search(r"Publish: https?://[^/]+(\S+)", Mail.objects.get().text)[1]

    def fields(self, answer):
        return {one["name"]: one["value"] for one in soup(answer).select(".smo-act form input[type=hidden]")}

    def test_what_was_changed_while_the_page_was_open_is_shown_and_left(self, client, held, link):
        fields = self.fields(client.get(link))
        edit(held, OTHER)

        answer = client.post(link, fields)

        assert "The text has changed since you saw it." in answer.content.decode()
        assert OTHER in answer.content.decode()
        assert (state_of(held), Decision.objects.count()) == (State.HELD, 0)
        client.post(link, self.fields(answer))
        assert state_of(held) == State.PUBLISHED

    def test_the_mail_itself_is_of_a_text(self, client, held, link):
        edit(held, OTHER)
        assert "The text has changed since you saw it." in client.get(link).content.decode()
        client.post(link)
        assert state_of(held) == State.HELD
