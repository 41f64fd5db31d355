"""The demo as it is served to the world: ``SMO_DEMO_ADDRESS=https://…`` hardens it, and Django has nothing to say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.require import missing

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = {
    "SMO_DEMO_ADDRESS": "https://shareworthy.org",
    "SMO_DEMO_PROXIES": "1",
    "CACHE_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp://127.0.0.1",
    "DEFAULT_FROM_EMAIL": "magazine@shareworthy.org",
}
"""A check connects to nothing, so neither the cache nor the mail server need be there."""
ASKED = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
ask = Client(headers={"host": "shareworthy.org"})
plain, page = ask.get("/robots.txt"), ask.get("/smo/preview.css", headers={"x-forwarded-proto": "https"})
print(json.dumps({
    "led": [plain.status_code, plain["Location"]],
    "headers": {name.lower(): value for name, value in page.items()},
    "allowed": settings.SMO_KIT["CORE"]["http_allow"],
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY],
    "debug": settings.DEBUG,
    "reports": [settings.DEFAULT_EXCEPTION_REPORTER, settings.DEFAULT_EXCEPTION_REPORTER_FILTER],
    "token": settings.SMO_KIT["CORE"]["metrics_token"],
    "files": settings.SMO_KIT["LOCK"]["files_root"],
    "filters": [one["filters"] for one in settings.LOGGING["handlers"].values()],
}))
"""
OWN = """
import json
from django.conf import settings
print(json.dumps([
    settings.SMO_DEMO_SHOWS_MAIL,
    settings.SMO_DEMO_ADMIN_PASSWORD,
    bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
    bool(settings.SMO_KIT["NETWORKS"]["extra"]),
]))
"""

pytestmark = pytest.mark.skipif(not find_spec("demo_site"), reason="the checkout has the demo")


@pytest.fixture
def run(tmp_path):
    """Run Python in the environment of a demo that is served to the world."""
    if not find_spec("redis"):
        (tmp_path / "redis.py").touch()  # nobody connects

    def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "ALLOWED_HOSTS"}}
        paths = os.pathsep.join([str(ROOT), str(tmp_path)])
        known = {"PYTHONPATH": paths, "SMO_DEMO_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "demo_site.settings"}
        env = kept | known | PUBLIC | more
        return subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=env, text=True, capture_output=True, check=False
        )

    return run


def test_django_and_the_suite_have_nothing_to_say_of_a_public_demo(run):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_what_is_missing_is_said(run):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", CACHE_URL="", SMO_DEMO_ADDRESS="")
    assert done.returncode != 0
    for one in ("security.W004", "security.W008", "security.W012", "security.W016", "smo_kit.W001", "smo_kit.W202"):
        assert one in done.stderr


def test_a_public_demo_speaks_https_alone_and_its_cookies_too(run):
    done = run("-c", ASKED)
    found = json.loads(done.stdout or "{}")
    assert found, done.stderr
    assert found["led"] == [301, "https://shareworthy.org/robots.txt"]
    assert found["headers"]["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    assert found["headers"]["x-content-type-options"] == "nosniff"
    assert found["headers"]["x-frame-options"] == "SAMEORIGIN"
    assert found["headers"]["referrer-policy"] == "same-origin"
    assert found["headers"]["content-security-policy"].startswith("default-src 'self'; base-uri 'self'")
    assert found["allowed"] == []
    assert found["secure"] == [True, True, True]
    assert found["debug"] is False
    assert found["reports"] == [f"smo_kit.core.error_reports.{name}" for name in ("Reporter", "ReporterFilter")]
    assert found["filters"] == [["without_tokens"]]


def test_the_page_on_deployment_says_all_that_celery_needs(run):
    """Its worker is started without ``manage.py``, so nothing else names the settings."""
    if not find_spec("django_tasks_fennel"):
        missing("django-tasks-fennel", "not installed")
    page = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    exports = re.findall(r"^\$ export (.+)", page, re.MULTILINE)
    said = dict(word.split("=", 1) for line in exports for word in line.split())
    nothing = {"DJANGO_SETTINGS_MODULE": ""}
    here = {"DATABASE_URL": "", "MEDIA_ROOT": "", "FILES_ROOT": "", "SECRET_KEY": "x" * 50}
    done = run("-m", "celery", "--app", "django_tasks_fennel.app", "report", **nothing | said | here)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("where", "is_here"),
    [
        ({}, False),
        ({"SMO_DEMO_ADDRESS": "http://shareworthy.org"}, False),
        ({"SMO_DEMO_ADDRESS": "", "ALLOWED_HOSTS": "shareworthy.org"}, False),
        ({"SMO_DEMO_ADDRESS": "http://127.0.0.1:8000"}, True),
    ],
)
def test_what_is_meant_for_one_machine_is_on_no_other(run, where, is_here):
    """The demo's mails, its admin's password, its own network."""
    found = json.loads(run("-c", OWN, EMAIL_URL="", ADMIN_PASSWORD="", **where).stdout)
    assert found == ([True, "admin", True, True] if is_here else [False, None, False, False])


def test_machines_share_the_files_of_downloads_where_the_environment_says(run):
    assert json.loads(run("-c", ASKED, FILES_ROOT="/srv/site/files").stdout)["files"] == "/srv/site/files"


def test_its_figures_are_for_whoever_the_environment_names(run):
    assert json.loads(run("-c", ASKED, METRICS_TOKEN="sixteen-letters-").stdout)["token"] == "sixteen-letters-"


@pytest.mark.parametrize("wrong", ["two", "-1", "10", "١"])
def test_a_number_of_proxies_that_is_none_is_told_with_the_cure(monkeypatch, wrong):
    monkeypatch.setenv("SMO_DEMO_PROXIES", wrong)
    with pytest.raises(ImproperlyConfigured, match="give the number of proxies"):
        import_module("demo_site.hardening").proxies()
