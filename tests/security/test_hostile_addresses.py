"""Hostile words in addresses: whatever stands in a query, no view breaks, leads away, or hands it to the database."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.contrib import admin
from django.db import connections

from tests.security.site import is_ours, views

AWAY = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "https://testserver@evil.example/",
    "/\r\nSet-Cookie: a=b",
]
"""What must lead nowhere."""
RETURNS = ("next", "then", "page", "back", "url", "return", "continue", "redirect_to", "r")
ACTS = {
    "smo/out/<network_id>/": "leads to a network, that is what it is for",
    r"smo/comments/cr/(\d+)/(.+)/$": "Django's own, leads to the site's own page by the domain of its Site",
}
WORDS = [
    "' OR 1=1 --",
    "\x00",
    "9" * 30,
    '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "\ud800",
]
MARKUP = (b"<script>alert(1)", b"<img src=x")
LISTS = [desk for model, desk in admin.site._registry.items() if is_ours(model, desk)]
TYPED = ("q", "p", "o")
CHOSEN = ("weeks", "days", "block", "language", "kind", "of", "state", "person", "page", "sort", "id", "pk__in")


def asked(path: str, said: dict[str, str]) -> str:
    """Return an address with more in its query."""
    return f"{path}{'&' if '?' in path else '?'}{urlencode(said, errors='surrogatepass')}"


def is_away(there: str) -> bool:
    """Say whether a browser would leave the site, or do something else than go."""
    there = there.replace("\\", "/").strip(" \t\r\n\0")
    scheme, rest = re.fullmatch(r"([a-zA-Z][\w+.-]*:)?(.*)", there, re.DOTALL).groups()
    host = re.match(r"/{2,}(?:[^/?#]*@)?([^/?#:]*)", rest)
    is_elsewhere = host[1] != "testserver" if host else bool(scheme)
    return is_elsewhere or bool(re.search(r"[\r\n]", there))


def list_of(desk) -> str:
    return f"/admin/{desk.opts.app_label}/{desk.opts.model_name}/"


def test_what_leads_away_is_known():
    assert all(map(is_away, AWAY))
    assert not any(map(is_away, ["", "/", "/a/?next=//evil.example/", "http://testserver/a/", "?a", "a/b"]))


def test_no_view_of_readers_leads_to_another_site(world):
    client, away = world.client("member", raise_request_exception=False), []
    for view in views():
        if view.route.startswith("smo/") and view.route not in ACTS:
            for there in AWAY:
                path, said = world.path(view), dict.fromkeys(RETURNS, there)
                for answer in (client.get(asked(path, said)), client.post(path, {**said, "act": "x"})):
                    led = answer.headers.get("Location", "")
                    if is_away(led) or answer.status_code >= 500:
                        away.append(f"{view.route} {answer.status_code} {there!r}: {led}")
    assert away == [], "\n".join(away)


def test_no_word_in_the_address_of_a_list_breaks_it_or_is_markup(world):
    client, broken = world.client("superuser", raise_request_exception=False), []
    for desk in LISTS:
        for word in WORDS:
            for names in (TYPED, CHOSEN):
                answer = client.get(asked(list_of(desk), dict.fromkeys(names, word)))
                if answer.status_code >= 500 or any(one in answer.content for one in MARKUP):
                    broken.append(f"{desk.opts.label} {names[0]} {word[:40]!r}: {answer.status_code}")
    assert broken == [], "\n".join(broken)


def test_no_word_becomes_sql(world):
    seen = []

    def note(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    client = world.client("superuser", raise_request_exception=False)
    with connections["default"].execute_wrapper(note):
        for desk in LISTS:
            for name in ("q", "p", "o", "id__in"):
                client.get(asked(list_of(desk), {name: "marked') OR ('1'='1"}))
    assert len(seen) > 100
    assert [sql for sql in seen if "marked" in sql] == []
