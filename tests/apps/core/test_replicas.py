"""A site that reads from replicas, which refuse writes and are behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.core.checks import run_checks
from django.http import HttpResponse
from django.test import AsyncClient
from django.urls import path

from smo_kit.core import routers
from smo_kit.core.routers import ReadOwnWrites, forget_writes
from smo_kit.core.tasks import task
from smo_kit.mail.models import Mail
from tests.apps.core.replica_run import STEPS

ROOT = Path(__file__).resolve().parents[3]


class Primary:
    def db_for_write(self, model, **hints):
        return "default"


class Replicas(Primary):
    def db_for_read(self, model, **hints):
        return "replica"


class OfAnother(Replicas):
    """Knows of one table that is not ours."""

    def db_for_read(self, model, **hints):
        return "replica" if model._meta.app_label == "legacy" else None


MIRROR = {"TEST": {"MIRROR": "default"}}
READ = []


def where(request) -> HttpResponse:
    """Tell where it reads."""
    return HttpResponse(str(ReadOwnWrites().db_for_read(Mail)))


async def where_async(request) -> HttpResponse:
    return where(request)


urlpatterns = [path("sync/", where), path("async/", where_async)]


@task
def look(again: bool) -> None:
    """Note where it reads, before and after another task."""
    READ.append(ReadOwnWrites().db_for_read(Mail))
    if again:
        look.enqueue(again=False)
        READ.append(ReadOwnWrites().db_for_read(Mail))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """What failed of all that people do there, in a process whose databases are two files."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.apps.core.replica_settings",
        "REPLICA_FIRST": "smo_kit.core.routers.ReadOwnWrites",
        "REPLICA_FOLDER": str(tmp_path_factory.mktemp("replica")),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "tests.apps.core.replica_run"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("step", [step.__name__ for step in STEPS])
def test_everything_can_be_done_there(run, step):
    assert step in run["steps"]
    assert step not in run["failed"], run["failed"][step]


@pytest.fixture
def router(settings):
    settings.DATABASE_ROUTERS = [ReadOwnWrites(), Primary()]
    forget_writes()
    yield settings.DATABASE_ROUTERS[0]
    forget_writes()


def test_who_has_written_nothing_reads_from_replicas(router):
    assert router.db_for_read(Mail) is None


def test_who_has_written_reads_where_he_wrote_until_the_request_ends(router):
    assert router.db_for_write(Mail) is None
    assert router.db_for_read(Mail) == "default"
    forget_writes()  # as when the next request or task begins
    assert router.db_for_read(Mail) is None


@pytest.mark.parametrize(
    ("told", "database"),
    [
        ({"environ": {"REQUEST_METHOD": "GET"}}, None),
        ({"environ": {"REQUEST_METHOD": "HEAD"}}, None),
        ({"environ": {"REQUEST_METHOD": "POST"}}, "default"),
        ({"scope": {"type": "http", "method": "GET"}}, None),
        ({"scope": {"type": "http", "method": "POST"}}, "default"),
    ],
)
def test_who_acts_reads_where_he_writes_from_the_start(router, told, database):
    router.db_for_write(Mail)  # in the request before
    routers._begin_request(**told)
    assert router.db_for_read(Mail) == database


@pytest.mark.parametrize("view", ["/sync/", "/async/"])
@pytest.mark.parametrize("middleware", [[], ["smo_kit.login.middleware.ProviderFaults"]], ids=["async", "sync"])
def test_who_acts_under_asgi_does_so_too(router, settings, view, middleware):
    """There the signal alone is not enough: what it sets is gone when the view begins."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["smo_kit.core.routers.reads_where_it_acts", *middleware]
    client = AsyncClient()
    assert async_to_sync(client.get)(view).content == b"None"
    assert async_to_sync(client.post)(view).content == b"default"
    assert async_to_sync(client.get)(view).content == b"None"


def test_a_page_that_is_read_within_an_act_does_not_end_it(router, rf):
    """As the suite reads pages of the site in its own process, with all its middleware."""
    inner = routers.reads_where_it_acts(where)
    assert inner(rf.get("/")).content == b"None"
    router.db_for_write(Mail)
    assert inner(rf.get("/")).content == b"default"
    assert router.db_for_read(Mail) == "default"


def test_the_middleware_does_no_harm_under_wsgi(router, settings, client):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["smo_kit.core.routers.reads_where_it_acts"]
    assert [client.get("/sync/").content, client.post("/sync/").content] == [b"None", b"default"]


@pytest.mark.parametrize("before", ["default", None])
def test_tasks_read_where_they_write_and_the_request_around_them_goes_on(router, before):
    """As Django's ImmediateBackend does them: within the request, and one within another."""
    if before:
        router.db_for_write(Mail)
    READ.clear()
    look.enqueue(again=True)
    assert READ == ["default", "default", "default"]
    assert router.db_for_read(Mail) == before


def test_a_task_of_which_nobody_saw_the_start_ends_quietly(router):
    router.db_for_write(Mail)
    routers._end_task()
    assert router.db_for_read(Mail) is None


@pytest.mark.django_db
def test_a_transaction_reads_where_it_writes(router):
    assert router.db_for_read(Mail) == "default"


@pytest.mark.parametrize(
    ("databases", "routers", "is_found"),
    [
        ({}, [Replicas()], True),
        (MIRROR, [Primary()], True),
        ({}, [Replicas(), ReadOwnWrites()], True),  # the first answer counts
        ({}, [ReadOwnWrites(), Replicas()], False),
        (MIRROR, [ReadOwnWrites(), Replicas()], False),
        (MIRROR, [type("Ours", (ReadOwnWrites,), {})(), Primary()], False),
        ({}, [OfAnother()], False),
        (MIRROR, [], False),  # nobody is sent there
    ],
)
def test_a_router_that_is_missing_or_too_late_is_told(settings, monkeypatch, databases, routers, is_found):
    """Without a database: the replica's is nowhere."""
    told = SimpleNamespace(DATABASES={"default": {}, "replica": databases})
    monkeypatch.setattr("smo_kit.core.routers.settings", told)
    settings.DATABASE_ROUTERS = routers
    found = run_checks(tags=["smo_kit"])
    assert [one.id for one in found] == ["smo_kit.W003"] * is_found
    assert [(repr("replica") in one.msg, one.hint) for one in found] == [
        (True, "Put 'smo_kit.core.routers.ReadOwnWrites' first in DATABASE_ROUTERS.")
    ] * is_found
