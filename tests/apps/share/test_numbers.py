"""The counts beside the buttons."""

from __future__ import annotations

import pytest

from smo_kit.core.subjects import Key, key_of
from smo_kit.engagement.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def pressed(post, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record("shared", post, network="vk", n=12)
        record("shared", post, network="x", n=3)
        record("shared", post, n=50)
        record("viewed", post, n=900)
    return {"o": key_of(post).sign()}


def test_are_those_of_the_page_from_the_smallest_that_is_shown(client, pressed, share):
    share(counts=True, minimum=10)
    assert client.get("/smo/numbers/", pressed).json() == {"vk": 12}


def test_a_lower_minimum_shows_more(client, pressed, share):
    share(counts=True, minimum=0)
    assert client.get("/smo/numbers/", pressed).json() == {"vk": 12, "x": 3}


def test_nothing_is_told_when_they_are_off(client, pressed, share):
    share(counts=False)
    assert client.get("/smo/numbers/", pressed).json() == {}


def test_may_be_kept_by_everybody_for_a_minute(client, pressed, share):
    share(counts=True)
    answer = client.get("/smo/numbers/", pressed)
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Content-Type"] == "application/json"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


def test_are_counted_once_a_minute(client, pressed, share, django_assert_num_queries):
    share(counts=True)
    client.get("/smo/numbers/", pressed)
    with django_assert_num_queries(0):
        client.get("/smo/numbers/", pressed)


@pytest.mark.parametrize("token", ["", "1..1", "1..1:forged", "a\x00b", Key(1, "1").sign()[:-1]])
def test_a_forged_key_gets_a_sentence(client, token):
    answer = client.get("/smo/numbers/", {"o": token})
    assert answer.status_code == 400
    assert "Go back to the page" in answer.text


def test_a_page_nobody_shared_has_none(client, share):
    share(counts=True)
    assert client.get("/smo/numbers/", {"o": Key(1, "404").sign()}).json() == {}
