"""Hostile words in addresses: whatever stands in a query, no view breaks, leads away, or hands it to the database."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.db import connections

from tests.security.site import is_ours, views

AWAY = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "///evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "//evil.example:80/",
    "https://evil。example/",
    "\x00//evil.example",
    "/%0d%0aLocation:%20https://evil.example/",
    "/\r\nSet-Cookie: a=b",
]
"""What must lead nowhere."""
RETURNS = ("next", "then", "page", "back", "url", "return", "continue", "redirect_to", "r")
WORDS = [
    "' OR 1=1 --",
    "1; DROP TABLE smo_comments_entry",
    "\x00",
    "%",
    "9" * 30,
    "-1",
    "1e9",
    "None",
    "{{7*7}}",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "٣",
    "\ud800",
    "a" * 5000,
]
MARKUP = (b"<script>alert(1)", b"<img src=x")
LISTS = [desk for model, desk in admin.site._registry.items() if is_ours(model, desk)]
FIELDS = (
    "q",
    "o",
    "p",
    "e",
    "weeks",
    "days",
    "block",
    "language",
    "kind",
    "of",
    "state",
    "person",
    "page",
    "sort",
    "list",
)


def is_away(answer) -> bool:
    there = answer.headers.get("Location", "")
    return bool(re.match(r"(?i)[\s\x00]*(?:[a-z]+:)?[/\\\s]*evil|(?i:javascript|data):", there)) or "\n" in there


@pytest.mark.parametrize("name", RETURNS)
def test_no_view_of_readers_leads_to_another_site(world, name):
    away = []
    client = world.client("member", raise_request_exception=False)
    for view in views():
        if view.route.startswith("smo/") and view.route not in {
            "smo/out/<network_id>/",
            r"smo/comments/cr/(\d+)/(.+)/$",
        }:
            for there in AWAY:
                path = world.path(view)
                for answer in (client.get(path, {name: there}), client.post(path, {name: there, "act": "x"})):
                    if is_away(answer) or answer.status_code >= 500:
                        away.append(f"{view.route} {answer.status_code} {there!r} {answer.headers.get('Location')}")
    assert away == []


@pytest.mark.parametrize("desk", LISTS, ids=lambda desk: desk.opts.label)
def test_no_word_in_the_address_of_a_list_breaks_it_or_is_markup(world, desk):
    client, path = (
        world.client("superuser", raise_request_exception=False),
        f"/admin/{desk.opts.app_label}/{desk.opts.model_name}/",
    )
    broken = []
    for word in WORDS:
        answer = client.get(path, {**dict.fromkeys(FIELDS[:1], word), **dict.fromkeys(FIELDS[1:], word)})
        if answer.status_code >= 500 or any(one in answer.content for one in MARKUP):
            broken.append((word[:40], answer.status_code))
    assert broken == []


def test_no_word_becomes_sql(world):
    seen = []

    def note(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    client = world.client("superuser", raise_request_exception=False)
    with connections["default"].execute_wrapper(note):
        for desk in LISTS:
            path = f"/admin/{desk.opts.app_label}/{desk.opts.model_name}/"
            for name in FIELDS:
                client.get(path, {name: "marked') OR ('1'='1"})
    assert len(seen) > 100
    assert [sql for sql in seen if "marked" in sql] == []
