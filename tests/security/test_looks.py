"""A look changes nothing: GET and HEAD of every view of the suite write to no table, and give no cookie.

What comes back holds as little: under a strict Content-Security-Policy nothing of it is refused.
"""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client, TestCase

from smo_kit.lock.files.links import address_of
from tests.blog.models import Post
from tests.security.site import View, World, views
from tests.test_csp import UNSAFE, without_comments

ACTS = {
    "smo/out/<network_id>/": "a button that is a link, and leads away: only what a person has pressed counts",
    "smo/s/<token>/": "counts who comes by a personal link",
    "smo/lock/file/<str:token>/<str:name>": "counts the first use of a link that is one reader's",
}
"""The looks that are acts, and why."""
COOKIES = {
    "csrftoken": "Django's",
    "sessionid": "Django's",
    "smo_in": "says that somebody is signed in, not who: pages in a cache ask nobody else for it",
}
"""Those that a look may give."""
MADE_AGAIN = {
    "smo_meta_cardimage",
    "smo_comments_discussion",
    "smo_core_place",
    "smo_core_cardrow",
    "smo_lock_lock",
    "smo_lock_spot",
}
"""What a page's showing may write: the next one would write the same."""
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "CREATE", "DROP", "ALTER", "TRUNCATE")
BROWSER = {
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "sec-fetch-site": "none",
    "sec-fetch-dest": "document",
}


def written_by(world: World, role: str, method: str, view: View) -> list[str]:
    """Return what a look writes, as SQL, which cookies it gives, and what its page has that a strict policy refuses."""
    return written_at(world.path(view), world.client(role, headers=BROWSER), method, view.route)


def written_at(path: str, client: Client, method: str, name: str) -> list[str]:
    """Return the same of an address."""
    written = []

    def note(execute, sql, params, many, context):
        if sql.lstrip(" (").upper().startswith(WRITES) and "django_session" not in sql:
            written.append(f"{name}: {sql[:90]}")
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note), TestCase.captureOnCommitCallbacks(execute=True):
        answer = getattr(client, method)(path)
    written += [f"{name}: cookie {cookie}" for cookie in answer.cookies if cookie not in COOKIES]
    written += [f"{name}: {what}" for what in unsafe_in(answer)]
    answer.close()  # of a file
    return written


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


def test_a_file_counts_when_it_is_given_to_whom_its_link_is(world, rf):
    request, client = rf.get("/"), Client(headers=BROWSER)
    request.user = world.ada
    client.force_login(world.ada)
    path = address_of(request, world.file, world.lock.pk, "en")
    assert written_at(path, client, "head", "file") == []
    assert written_at(path, client, "get", "file") != []
    assert written_at(path, client, "get", "file") == []


def test_a_page_of_the_site_writes_only_what_its_next_showing_would(world):
    Post.objects.create(slug="towers", title="Towers of stone", lead="How", body="Higher.")
    cache.clear()
    client = Client(headers=BROWSER)
    pages = ["/posts/bridges/", "/posts/towers/"]
    written = [line.removeprefix(f"{path}: ") for path in pages for line in written_at(path, client, "get", path)]
    tables = [found[1] for line in written if (found := re.match(r"""[A-Z ]+["`](smo_[a-z_]+)["`]""", line))]
    assert len(tables) == len(written)
    assert "smo_meta_cardimage" in tables
    assert set(tables) <= MADE_AGAIN
