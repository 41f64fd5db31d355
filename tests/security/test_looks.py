"""A look changes nothing: GET and HEAD of every view of the suite write to no table, and give no cookie.

What comes back holds as little: under a strict Content-Security-Policy nothing of it is refused.
"""

from __future__ import annotations

import re

import pytest
from django.db import connections
from django.test import TestCase

from tests.security.site import View, World, views
from tests.test_csp import UNSAFE, without_comments

ACTS = {
    "smo/out/<network_id>/": "a button that is a link, and leads away: only what a person has pressed counts",
    "smo/s/<token>/": "counts who comes by a personal link",
}
"""The looks that are acts, and why."""
COOKIES = {
    "csrftoken": "Django's",
    "sessionid": "Django's",
    "smo_in": "says that somebody is signed in, not who: pages in a cache ask nobody else for it",
}
"""Those that a look may give."""
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "CREATE", "DROP", "ALTER", "TRUNCATE")
BROWSER = {
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "sec-fetch-site": "none",
    "sec-fetch-dest": "document",
}


def written_by(world: World, role: str, method: str, view: View) -> list[str]:
    """Return what a look writes, as SQL, which cookies it gives, and what its page has that a strict policy refuses."""
    path, client, written = world.path(view), world.client(role, headers=BROWSER), []

    def note(execute, sql, params, many, context):
        if sql.lstrip(" (").upper().startswith(WRITES) and "django_session" not in sql:
            written.append(f"{view.route}: {sql[:90]}")
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note), TestCase.captureOnCommitCallbacks(execute=True):
        answer = getattr(client, method)(path)
    written += [f"{view.route}: cookie {name}" for name in answer.cookies if name not in COOKIES]
    return written + [f"{view.route}: {what}" for what in unsafe_in(answer)]


def unsafe_in(answer) -> list[str]:
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    html = without_comments(answer.content.decode())
    return [f"{what} {found[0]}" for what, words in UNSAFE.items() if (found := re.findall(words, html, re.IGNORECASE))]


@pytest.mark.parametrize(("role", "method"), [("superuser", "get"), ("superuser", "head"), ("anonymous", "get")])
def test_no_look_writes(world, role, method):
    looked = [one for one in views() if one.route not in ACTS]
    assert [line for one in looked for line in written_by(world, role, method, one)] == []


@pytest.mark.parametrize("route", ACTS)
def test_a_look_that_is_an_act_is_none_by_head(world, route):
    (view,) = [one for one in views() if one.route == route]
    assert written_by(world, "anonymous", "head", view) == []


def test_who_presses_a_button_that_is_a_link_is_counted(world):
    """So the tests above can fail."""
    (view,) = [one for one in views() if one.route == "smo/out/<network_id>/"]
    assert written_by(world, "anonymous", "get", view) != []
