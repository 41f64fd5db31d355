"""What load balancers are told."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor

from smo_kit.core import readiness

HEALTH, READY = "/smo/health/", "/smo/ready/"


def test_a_process_that_answers_is_healthy_and_asks_nobody(client):
    answer = client.get(HEALTH)  # without the mark of pytest-django every query would be an error
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
@pytest.mark.parametrize("path", [HEALTH, READY])
def test_answers_are_kept_nowhere_and_only_read(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]
    assert client.head(path).status_code == 200
    assert {client.post(path).status_code, client.put(path).status_code} == {405}


@pytest.mark.django_db
def test_who_has_all_he_needs_is_ready(client):
    answer = client.get(READY)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "missing": {}})


@pytest.mark.django_db
def test_once_ready_it_costs_one_query(client, django_assert_num_queries):
    client.get(READY)
    with django_assert_num_queries(1):
        client.get(READY)


@pytest.mark.django_db
def test_what_is_missing_is_named_without_a_secret(client, monkeypatch, caplog):
    def away():
        raise OperationalError("connection to db.example as user bob with password hunter2 failed")

    monkeypatch.setitem(readiness._needs, "database", away)
    answer = client.get(READY)
    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "missing", "missing": {"database": "OperationalError"}},
    )
    assert "no-store" in answer["Cache-Control"]
    assert [one.event for one in caplog.records if hasattr(one, "event")] == ["core.not_ready"]
    assert "hunter2" not in caplog.text + answer.content.decode()


@pytest.mark.django_db
def test_a_cache_that_keeps_nothing_is_missing(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert client.get(READY).json()["missing"] == {"cache": "keeps nothing"}


@pytest.mark.django_db
def test_nothing_stays_in_the_cache(client, monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "set", lambda key, *args: kept.append(key))
    client.get(READY)
    assert [cache.get(key) for key in kept] == [None]


@pytest.mark.django_db
def test_migrations_that_wait_are_counted_until_they_are_done(client, monkeypatch):
    monkeypatch.setattr(readiness, "_migrated", set())
    with monkeypatch.context() as patch:
        patch.setattr(MigrationExecutor, "migration_plan", lambda *args: [object(), object()])
        assert client.get(READY).json()["missing"] == {"migrations": "2 to be applied"}
    assert client.get(READY).status_code == 200


@pytest.mark.django_db
def test_tasks_without_a_backend_are_missing(client, settings):
    settings.TASKS = {"default": {"BACKEND": "no.such.Backend"}}
    assert list(client.get(READY).json()["missing"]) == ["tasks"]


@pytest.mark.django_db
def test_an_app_can_need_more(client, monkeypatch):
    asked = []
    monkeypatch.setattr(readiness, "_needs", dict(readiness._needs))
    readiness.register_need("search", lambda: asked.append(1))
    assert client.get(READY).status_code == 200
    assert asked == [1]
