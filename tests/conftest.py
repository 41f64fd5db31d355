from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.management import create_default_site
from django.contrib.sites.models import Site
from django.core.cache import cache
from django.db import connections, transaction
from django.test import TransactionTestCase
from django.utils import translation

from smo_kit.core.rows import forget_subject_models
from smo_kit.core.settings import forget_settings

DATABASE_FIXTURES = {"db", "transactional_db"}
gc.set_threshold(50_000, 20, 20)  # a sixth of the time of small tests went into looking for garbage


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="leave out the tests that use no database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that does not ask for a database is refused one, so that it says the same beside any."""
    if config.getoption("only_database"):
        config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
        items[:] = [item for item in items if uses_database(item)]


def pytest_collection_finish() -> None:
    """The tests themselves are no garbage: let nobody look through them again."""
    gc.freeze()


def uses_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True, scope="session")
def quickly_emptied() -> Iterator[None]:
    """After a test that commits only those tables are emptied that have rows, and what belongs to the apps stays.

    Django would empty every table, then make content types and permissions anew: many times as long.
    """

    def empty(test: TransactionTestCase) -> None:
        for alias in test._databases_names(include_mirrors=False):
            empty_database(alias)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


def empty_database(alias: str) -> None:
    connection = connections[alias]
    quoted = connection.ops.quote_name
    kept = {ContentType._meta.db_table, Permission._meta.db_table, "django_migrations"}
    tables = [name for name in connection.introspection.table_names() if name not in kept]
    first_rows = (f"SELECT * FROM (SELECT '{name}' FROM {quoted(name)} LIMIT 1) AS one" for name in tables)
    with transaction.atomic(alias), connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(first_rows))
        for (name,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {quoted(name)}")
    create_default_site(apps.get_app_config("sites"), verbosity=0, using=alias)


@pytest.fixture(autouse=True)
def a_fresh_process() -> Iterator[None]:
    """Each test meets the suite as a process that has just started."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    cache.clear()
    forget_settings()
    forget_subject_models()
    Site.objects.clear_cache()
