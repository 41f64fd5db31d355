"""docs/extend.md, run as it stands: a site in a process of its own has the app that the page writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.projects.project import PROCESSORS
from tests.walkthrough import Text, steps

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "extend.md"
SUITE = ("core", "networks", "engagement", "spam", "meta", "share", "follow", "lock")
SETTINGS = f"""
SECRET_KEY = "only-for-tests"
DEBUG = True
ALLOWED_HOSTS = ["*"]
USE_TZ = True
ROOT_URLCONF = "site_urls"
STATIC_URL = "/static/"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    *{[f"smo_kit.{one}" for one in SUITE]!r},
    "tea",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {{"context_processors": {[one for one in PROCESSORS if "messages" not in one]!r}}},
    }}
]
"""
URLS = 'from django.urls import include, path\n\nurlpatterns = [path("smo/", include("smo_kit.urls"))]\n'
STORY = """
import json
import os
import sys
from datetime import date
from types import SimpleNamespace

os.environ["DJANGO_SETTINGS_MODULE"] = "house.settings"
import django

django.setup()

from django.core import checks
from django.core.management import call_command
from django.template import engines
from django.test import RequestFactory

from smo_kit.core.audit import all_rules
from smo_kit.core.cards import card_for
from smo_kit.core.deeds import deed_of
from smo_kit.core.exits import all_exits
from smo_kit.core.people import erase, export, person_at
from smo_kit.core.subjects import key_of
from smo_kit.core.sweeps import run_sweeps
from smo_kit.engagement.services import record, total
from smo_kit.networks.registry import network_of
from smo_kit.spam.services import Submission, judge
from tea import smo
from tea.models import Reader, Tasting, Tea
from tests.apps.core.audited import article

found = {"checks": [str(one) for one in checks.run_checks()]}
call_command("migrate", run_syncdb=True, verbosity=0)
tea = Tea.objects.create(name="Assam", lead="Malt.", secret="Milk.")
unsold = Tea.objects.create(name="Dust", lead="Dust.", is_sold=False)


def shown(template):
    return template.render({"tea": tea, "instance": {"tea": tea}}, RequestFactory().get(tea.get_absolute_url()))


def printed(tag):
    return shown(engines["django"].from_string("{% load smo %}" + tag))


card = card_for(tea)
found["card"] = [card.title, card.author, card_for(unsold) is None]
found["network"] = network_of("https://leaf.example/new").id
found["share"] = printed("{% smo_share tea %}")
found["head"] = printed("{% smo_head tea %}")
verdict = judge(Submission(text="I like coffee better than this."))
found["spam"] = [verdict.action, [str(one.text) for one in verdict.reasons if one.rule == "Coffee"]]
found["silent"] = [one.rule for one in judge(Submission(text="I like this tea.")).reasons if one.rule == "Coffee"]
record("brewed", tea)
found["counted"] = [total(tea, "brewed"), smo.heard]

rule = next(one for one in all_rules() if one.id == "text.tea")
found["audit"] = [len(rule.page(article(f"<h2>All of {what}</h2>"))) for what in ("tea", "milk")]

Tasting.objects.create(tea=tea, email="ada@example.org", words="Malty.", day=date.today())
Tasting.objects.create(tea=tea, email="bob@example.org", words="Old.", day=date(2001, 1, 1))
found["swept"] = run_sweeps()["old tastings"]
found["exit"] = [text for one in all_exits() if one.name == "tastings" for _, text in one.texts()]
ada = person_at("ada@example.org")
found["exported"] = export(ada)["tea"]
found["erased"] = [erase(ada)["tea"], Tasting.objects.count()]

deed = deed_of("subscribe")
request = SimpleNamespace(user=SimpleNamespace(pk=7))
before = deed.is_done(request, key_of(tea))
Reader.objects.create(account=7)
found["deed"] = [before, deed.is_done(request, key_of(tea)), deed.where(request, key_of(tea), "/teas/1/")]
found["lock"] = printed('{% smo_lock tea field="secret" ways="subscribe,wait" %}{% endsmo_lock %}')
found["plugin"] = shown(engines["django"].get_template("tea/plugin.html"))
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, Any]:
    """Write the site that the page describes, and return what became of it."""
    folder = tmp_path_factory.mktemp("extended")
    write(folder / "house" / "settings.py", SETTINGS)
    write(folder / "house" / "__init__.py", "")
    write(folder / "tea" / "__init__.py", "")
    write(folder / "site_urls.py", URLS)
    write(folder / "story.py", STORY)
    for step in steps(GUIDE):
        if isinstance(step, Text):
            file = folder / step.file
            write(file, file.read_text(encoding="utf-8") + step.text if step.append else step.text)
    run = subprocess.run(
        [sys.executable, "story.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_the_site_has_no_fault(found):
    faults = [one for one in found["checks"] if "MEDIA_ROOT" not in one and "libfribidi0" not in one]
    assert faults == []


def test_a_card_is_made_refined_and_kept_from_strangers(found):
    assert found["card"] == ["Assam", "The tea house", True]


def test_a_network_has_a_button_with_its_mark(found):
    assert found["network"] == "leaf"
    assert "https://leaf.example/new?link=" in found["share"]
    assert "M4 20C4 9" in found["share"]


def test_a_spam_rule_holds_with_its_reason(found):
    assert found["spam"] == ["hold", ["Speaks of coffee."]]
    assert found["silent"] == []


def test_a_kind_of_news_is_counted_and_heard(found):
    assert found["counted"] == [1, [["brewed", "1", 1]]]


def test_the_head_has_what_a_site_adds(found):
    assert '<meta name="rights" content="CC BY">' in found["head"]
    assert 'rel="license"' in found["head"]


def test_a_rule_of_the_audit_finds_what_is_missing(found):
    assert found["audit"] == [0, 1]


def test_old_rows_are_swept(found):
    assert found["swept"] == 1


def test_texts_are_an_exit(found):
    assert found["exit"] == ["Malty."]


def test_a_person_gets_his_rows_and_loses_them(found):
    assert found["exported"] == {"tastings": [{"tea": "Assam", "words": "Malty."}]}
    assert found["erased"] == [{"tastings": 1}, 0]


def test_a_deed_is_done_by_the_sites_own_table(found):
    assert found["deed"] == [False, True, "/letter/?next=/teas/1/"]
    assert "Read our letter" in found["lock"]
    assert "Milk." not in found["lock"]


def test_a_plugin_of_its_own_has_our_tags(found):
    assert "https://leaf.example/new?link=" in found["plugin"]
    assert "smo-lock" in found["plugin"]
    assert "Milk." not in found["plugin"]
