from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from django.conf import settings
from django.contrib.sites.models import Site
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from smo_kit.core.rows import forget_subject_models
from smo_kit.core.settings import forget_settings

DATABASE_FIXTURES = {"db", "transactional_db"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="leave out the tests that use no database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that does not ask for a database is refused one, so that it says the same beside any."""
    if config.getoption("only_database"):
        config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True, scope="session")
def quickly_emptied() -> Iterator[None]:
    """PostgreSQL deletes a test's few rows twenty times as quickly as it truncates all tables."""

    def delete(tables: Sequence[str]) -> list[str]:
        return [f"DELETE FROM {connection.ops.quote_name(name)}" for name in tables]

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "postgresql":
            patch.setattr(connection.ops, "sql_flush", lambda style, tables, **options: delete(tables))
        yield


@pytest.fixture(autouse=True)
def a_fresh_process() -> Iterator[None]:
    """Each test meets the suite as a process that has just started."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    cache.clear()
    forget_settings()
    forget_subject_models()
    Site.objects.clear_cache()
