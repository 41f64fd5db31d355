"""Figures for whoever watches the site."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.utils import timezone

from smo_kit.core import figures, metrics
from smo_kit.core.events import event, event_logger
from smo_kit.core.refusals import Refused
from smo_kit.mail.models import Mail, State
from tests.require import missing

PATH = "/smo/metrics/"
TOKEN = "a-token-of-a-test"
ROOT = Path(__file__).resolve().parents[3]
SAYS = """
import django; django.setup()
from smo_kit.core.refusals import Refused
Refused("No.", field="email")
"""
TELLS = """
import django; django.setup()
from tests.tables import make_tables
make_tables()
from smo_kit.core.metrics import rendered
print(rendered()[0].decode())
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of_prometheus():
    if not find_spec("prometheus_client"):
        missing("prometheus_client")


@pytest.fixture
def scrape(client, settings, client_of_prometheus):
    settings.SMO_KIT = {"CORE": {"metrics_token": TOKEN}}

    def read() -> dict[str, float]:
        answer = client.get(PATH, headers={"Authorization": f"Bearer {TOKEN}"})
        assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
        lines = [one for one in answer.content.decode().splitlines() if one.startswith("smo_")]
        return {name: float(value) for name, _, value in (one.rpartition(" ") for one in lines)}

    return read


def test_nobody_reads_them_until_the_site_says_who(client):
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize(
    ("conf", "headers", "status"),
    [
        ({"metrics_addresses": ["127.0.0.0/8"]}, {}, 200),
        ({"metrics_addresses": ["10.0.0.1"]}, {}, 404),
        ({"metrics_addresses": ["::1"]}, {}, 404),
        ({"metrics_token": TOKEN}, {"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"metrics_token": TOKEN}, {"Authorization": "Bearer another"}, 404),
        ({"metrics_token": TOKEN}, {}, 404),
        ({"metrics_token": "short"}, {"Authorization": "Bearer short"}, 404),
        ({}, {"Authorization": "Bearer "}, 404),
        ({"metrics_addresses": ["10.0.0.1"]}, {"X-Forwarded-For": "10.0.0.1"}, 404),
    ],
)
def test_addresses_and_tokens_open_them(client, settings, client_of_prometheus, conf, headers, status):
    settings.SMO_KIT = {"CORE": conf}
    assert client.get(PATH, headers=headers).status_code == status


def test_without_the_package_there_are_none(client, settings, monkeypatch):
    settings.SMO_KIT = {"CORE": {"metrics_addresses": ["127.0.0.1"]}}
    monkeypatch.setattr(metrics, "HAS_CLIENT", False)
    assert client.get(PATH).status_code == 404


def test_they_are_only_read(client, settings):
    settings.SMO_KIT = {"CORE": {"metrics_addresses": ["127.0.0.1"]}}
    assert client.post(PATH).status_code == 405


def test_every_app_tells_what_matters(scrape):
    assert {
        "smo_announcements",
        "smo_deliveries_due",
        "smo_engagement_unwritten",
        "smo_index_due",
        "smo_mail_oldest_due_seconds",
        'smo_mails{state="waiting"}',
        "smo_pushes_due",
        "smo_share_fetches_waiting",
    } <= set(scrape())


def test_the_outbox_is_told_by_state_and_age(scrape):
    due = timezone.now() - timezone.timedelta(seconds=100)
    mail = {"to": "ann@example.org", "kind": "news", "due": due}
    Mail.objects.create(**mail)
    Mail.objects.create(**mail, state=State.DEAD)
    Mail.objects.create(**mail, state=State.SENT)
    told = scrape()
    assert {name: value for name, value in told.items() if name.startswith("smo_mails")} == {
        'smo_mails{state="waiting"}': 1,
        'smo_mails{state="claimed"}': 0,
        'smo_mails{state="dead"}': 1,
    }
    assert 100 <= told["smo_mail_oldest_due_seconds"] < 200


def test_refusals_and_events_are_counted(scrape):
    refusals = 'smo_refusals_total{field="email",reason="input",status="400"}'
    events = 'smo_events_total{event="x.y",level="ERROR"}'
    before = scrape()
    Refused("No.", field="email")
    event_logger("smo_kit.some").error("It happens.", extra=event("x.y"))
    after = scrape()
    assert [after[one] - before.get(one, 0) for one in (refusals, events)] == [1, 1]


def test_a_figure_that_fails_spoils_no_other(scrape, monkeypatch, caplog):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(figures, "_figures", {one.name: one for one in figures.all_figures()})
    figures.register_figure(figures.Figure("bad", "Fails.", fail))
    told = scrape()
    assert "smo_bad" not in told
    assert "smo_announcements" in told
    assert [one.event for one in caplog.records if one.levelno == logging.ERROR] == ["core.figure_failed"]


def test_an_empty_site_is_asked_little(scrape, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        scrape()


def test_several_processes_are_told_together(client_of_prometheus, tmp_path):
    """Where ``PROMETHEUS_MULTIPROC_DIR`` says where they meet."""
    env = {
        **os.environ,
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": "sqlite://:memory:",
    }
    for _ in range(2):
        subprocess.run([sys.executable, "-c", SAYS], cwd=ROOT, env=env, check=True)
    told = subprocess.run([sys.executable, "-c", TELLS], cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    assert 'smo_refusals_total{field="email",reason="input",status="400"} 2.0' in told.stdout
