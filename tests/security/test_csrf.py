"""Another site's page can make a browser send a form here. Whatever it sends, nothing is done."""

from __future__ import annotations

import sys

from django.core.cache import cache
from django.db import connections

from tests.security.site import views
from tests.security.test_looks import WRITES

FROM_ELSEWHERE = {"origin": "https://evil.example", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
SAID = {
    "comment": "Bought by a form of another site.",
    "name": "Eve",
    "email": "eve@example.org",
    "value": "1",
    "k": "viewed",
    "sure": "yes",
    "texts": "erase",
    "act": "leave",
    "way": "wait",
    "login": "boss",
    "password": "pw",
    "provider": "vk",
    "address": "ada@example.org",
    "erase": "1",
    "post": "yes",
    "action": "delete_selected",
    "reason": "spam",
}
"""What forms of the suite have among them."""
BY_TOKEN = {
    "smo/comments/confirm/<str:token>/": "the guest's own, from his mail",
    "smo/comments/decide/<str:token>/": "the moderator's own, from his mail",
    "smo/notify/manage/<str:token>/": "the subscriber's own, from his mail",
    "smo/notify/confirm/<str:token>/": "the subscriber's own, from his mail",
    "smo/notify/end/<str:token>/": "for mail programs, which bring no cookie (RFC 8058)",
    "smo/mail/unsubscribe/<str:token>/": "for mail programs, which bring no cookie (RFC 8058)",
}
"""Signed words in the address are the proof: who knows them needs nobody's browser."""
TAKEN = {200, 201, 204}


def test_a_form_of_another_site_does_nothing(world):
    client, done = world.client("superuser", enforce_csrf_checks=True, headers=FROM_ELSEWHERE), []
    for view in views():
        if view.route in BY_TOKEN:
            continue
        path, written = world.path(view), []

        def note(execute, sql, params, many, context, written=written):
            written += [sql[:90]] if sql.lstrip(" (").upper().startswith(WRITES) else []
            return execute(sql, params, many, context)

        with connections["default"].execute_wrapper(note):
            answer = client.post(path, {**SAID, "o": world.key.sign()})
        cache.clear()
        if written or (answer.status_code in TAKEN and not _refuses(answer)):
            done.append(f"{view.route}: {answer.status_code} {written}")
    assert done == [], "\n".join(done)


def test_the_same_form_of_this_site_is_taken(world):
    """So the test above can fail."""
    client = world.client("superuser", enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})
    assert client.post(f"/smo/comments/{world.entry.pk}/report/", {"reason": "spam"}).status_code == 200
    assert world.entry.reported.exists()


def _refuses(answer) -> bool:
    """Some ask once more, by a form that has a token of their own; the answer says so."""
    return b"csrfmiddlewaretoken" in answer.content


def test_every_view_that_django_lets_through_asks_for_a_proof_itself():
    """A view that is exempt from Django's check is one of these: its module imports what asks instead."""
    asks = {"is_own_form", "is_from_here", "unread", "page_response", "read", "ActionPage", "new", "report"}
    exempt = [one.pattern.callback for one in views() if getattr(one.pattern.callback, "csrf_exempt", False)]
    careless = {
        f"{one.__module__}.{one.__name__}" for one in exempt if not asks & vars(sys.modules[one.__module__]).keys()
    }
    assert len(exempt) > 15
    assert careless == set()
