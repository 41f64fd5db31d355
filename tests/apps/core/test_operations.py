"""Indexes that are made and removed online: there afterwards, gone afterwards, and no error the second time."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from smo_kit.core.models import CardRow
from smo_kit.core.operations import AddIndexOnline, RemoveIndexOnline

NAME = "smo_core_cardrow_all_newest"
LOADER = MigrationLoader(None)
WITHOUT = LOADER.project_state(("smo_core", "0004_kept"))
WITH = LOADER.project_state(("smo_core", "0005_indexes_of_long_lists"))
(INDEX,) = (one for one in CardRow._meta.indexes if one.name == NAME)

pytestmark = pytest.mark.django_db(transaction=True)


def is_there():
    with connection.cursor() as cursor:
        return NAME in connection.introspection.get_constraints(cursor, CardRow._meta.db_table)


def run(step, before, after, *, times=2):
    """Take a step as often as a migration may that is broken off before it is recorded."""
    for _ in range(times):
        with connection.schema_editor(atomic=False) as editor:
            step("smo_core", editor, before, after)


@pytest.fixture(autouse=True)
def table():
    """Leave the index as every other test finds it."""
    yield
    run(AddIndexOnline("cardrow", INDEX).database_forwards, WITHOUT, WITH, times=1)


def test_an_index_is_added_and_taken_back():
    add = AddIndexOnline("cardrow", INDEX)
    run(add.database_backwards, WITH, WITHOUT)
    assert not is_there()
    run(add.database_forwards, WITHOUT, WITH)
    assert is_there()


def test_an_index_is_removed_and_given_back():
    gone = RemoveIndexOnline("cardrow", NAME)
    run(gone.database_forwards, WITH, WITHOUT)
    assert not is_there()
    run(gone.database_backwards, WITHOUT, WITH)
    assert is_there()


@pytest.mark.parametrize("operation", [AddIndexOnline("cardrow", INDEX), RemoveIndexOnline("cardrow", NAME)])
def test_another_database_is_left_alone(operation, monkeypatch):
    monkeypatch.setattr(type(operation), "allow_migrate_model", lambda *args: False)
    run(operation.database_backwards, WITH, WITH)
    run(operation.database_forwards, WITH, WITH)
    assert is_there()
