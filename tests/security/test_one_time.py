"""Words that prove something prove it here, once, for one person; and no form tells who is known."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connections, transaction

from tests.security.site import World, views
from tests.security.test_looks import WRITES

WITH_TOKEN = [one for one in views() if "token" in one.route and one.route.startswith("smo/")]
BOOKKEEPING = ("django_session",)


def written(world: World, path: str, body: dict[str, str]) -> list[str]:
    """Return what a form at an address writes, and undo it."""
    found: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.lstrip(" (").upper().startswith(WRITES) and not any(one in sql for one in BOOKKEEPING):
            found.append(sql[:80])
        return execute(sql, params, many, context)

    client = world.client("anonymous", raise_request_exception=False, headers={"sec-fetch-site": "same-origin"})
    with transaction.atomic():
        with connections["default"].execute_wrapper(note):
            assert client.post(path, body).status_code < 500
            assert client.get(path).status_code < 500
        transaction.set_rollback(True)
    cache.clear()
    return found


BODY = {"act": "all", "do": "end", "sure": "yes", "value": "5", "way": "wait", "comment": "Changed."}


def of_another_site(path: str, settings) -> str:
    settings.SECRET_KEY = "that of another site"
    return path


def with_another_letter(path: str, settings) -> str:
    """Change each signed word in its last letter but one: the last may hold bits that mean nothing."""
    return re.sub(r"([\w-]{20,})([\w-])([\w-])(?=/|$|\?)", lambda m: f"{m[1]}{'a' if m[2] != 'a' else 'b'}{m[3]}", path)


def without_its_end(path: str, settings) -> str:
    return re.sub(r"[.:][\w-]{27,}(?=/|$|\?)", "", path)


@pytest.mark.parametrize("spoil", [of_another_site, with_another_letter, without_its_end])
def test_a_token_that_is_not_whole_or_not_ours_writes_nothing(world, settings, spoil):
    paths = {one.route: world.path(one) for one in WITH_TOKEN}
    spoiled = {route: spoil(path, settings) for route, path in paths.items()}
    assert len(spoiled) > 8
    found = {route: done for route, path in spoiled.items() if (done := written(world, path, BODY))}
    assert found == {}


def test_the_same_with_whole_tokens_is_done(world):
    """So the test above can fail."""
    done = [one.route for one in WITH_TOKEN if written(world, world.path(one), BODY)]
    assert len(done) >= 4, done


@pytest.mark.parametrize("path", ["/smo/notify/follow/", "/smo/notify/link/"])
def test_a_form_for_an_address_says_the_same_of_who_is_known_and_who_is_not(
    world, path, django_capture_on_commit_callbacks
):
    """In words, in its status, and in what it does: about as many questions to the database, whoever it is."""
    said, asked = {}, {}
    for address in ("guest@example.org", "nobody@example.org", "ada@example.org"):
        count = []

        def note(execute, sql, params, many, context, count=count):
            count.append(sql)
            return execute(sql, params, many, context)

        client = world.client("anonymous", headers={"sec-fetch-site": "same-origin"})
        with transaction.atomic():
            with connections["default"].execute_wrapper(note):
                answer = client.post(path, {"o": world.key.sign(), "l": "en", "email": address, "address": address})
            transaction.set_rollback(True)
        cache.clear()
        words = re.sub(r'value="[^"]{60,}"', "", answer.content.decode()).replace(address, "ADDRESS")
        said[address], asked[address] = (answer.status_code, words), len(count)
    assert len(set(said.values())) == 1
    assert max(asked.values()) - min(asked.values()) <= 12, asked


def test_who_signs_in_gets_another_session(world, settings):
    """What was put into a stranger's browser before is worth nothing after (session fixation)."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    client = world.client("anonymous", headers={"sec-fetch-site": "same-origin"})
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post("/smo/login/password/", {"login": "boss", "password": "pw"})
    after = client.cookies["sessionid"].value
    assert after != before
    assert client.get("/smo/login/account/").status_code == 200
    stranger = world.client("anonymous")
    stranger.cookies["sessionid"] = before
    assert stranger.get("/smo/login/account/").status_code == 303
