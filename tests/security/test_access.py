"""Who gets what: every view of the suite, for every role. A view that the table does not list fails."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.security.access_table import OF_DESKS, OF_READERS
from tests.security.site import ROLES, views


def rows(table: str) -> dict[str, str]:
    return {line.split()[0]: " ".join(line.split()[1:]) for line in table.strip().splitlines()[1:]}


def test_the_tables_have_every_view_and_no_other():
    listed, found = {**rows(OF_READERS), **rows(OF_DESKS)}.keys(), {one.route for one in views()}
    assert found - listed == set(), "New views: say in access_table.py who gets what."
    assert listed - found == set(), "These are gone."


@pytest.mark.parametrize("table", [OF_READERS, OF_DESKS], ids=["readers", "desks"])
def test_everybody_gets_what_the_table_says(world, table):
    head, *_rows = table.strip().splitlines()
    look, act = (part.split() for part in head.removeprefix("view").split("|"))
    act = look if act == ["the", "same"] else act
    assert look == list(ROLES)
    clients = {role: world.client(role, raise_request_exception=False) for role in ROLES}
    wrong = []
    for view in views():
        if listed := rows(table).get(view.route):
            path = world.path(view)
            looks = [status_of(clients[role], "get", path) for role in look]
            acts = [status_of(clients[role], "post", path) for role in act]
            told = " ".join(map(str, [*looks, "|", *acts]))
            if told != listed:
                wrong.append(f"{view.route}: {told}, not {listed}")
    assert wrong == [], "\n".join(wrong)


def status_of(client, method: str, path: str) -> int:
    """Ask, and undo what came of it."""
    with transaction.atomic():
        status = getattr(client, method)(path).status_code
        transaction.set_rollback(True)
    cache.clear()
    return status


def test_nobody_but_a_moderator_reads_what_waits(world):
    type(world.entry).objects.filter(pk=world.entry.pk).update(state="held")
    stranger = world.client("member")
    for address in ("", "vote/", "report/"):
        assert stranger.get(f"/smo/comments/{world.entry.pk}/{address}").status_code == 404
    assert b"third arch" not in stranger.get("/posts/bridges/").content
