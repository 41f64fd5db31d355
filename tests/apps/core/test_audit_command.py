"""``smo_audit``: text, JSON, how it ends."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from smo_kit.core.audit_runs import last_audit
from smo_kit.core.rows import sync
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_site():
    Post.objects.create(slug="one", title="What a first post says", lead="A lead that is long enough to say something.")
    for _ in sync():
        pass


def run(*args, **options):
    out = StringIO()
    call_command("smo_audit", *args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_the_text_has_steps_the_score_and_each_finding_with_its_cure_and_place():
    text = run()
    assert "Structured text" in text
    assert "1 of 1 pages" in text
    assert "/posts/one/  What a first post says" in text
    assert "! A reader can't leave his mail address." in text
    assert "→ Put a form for a newsletter under the text. (template of tests.blog.views.post)" in text


def test_json_is_one_document():
    report = json.loads(run(json=True))
    assert report["pages"] == 1
    assert {"id", "label", "weight", "score", "rules"} == set(report["steps"][0])
    assert {"rule", "severity", "text", "cure", "where", "url"} == set(report["worst"][0]["findings"][0])


def test_pages_are_named_by_path_or_address(settings):
    settings.SMO_KIT = {"CORE": {"base_url": "https://site.example"}}
    assert json.loads(run("/about/", "https://site.example/posts/one/", json=True))["pages"] == 2


def test_a_site_that_does_not_know_its_own_host_is_told_so(settings):
    """Django's first Site is example.com, and ALLOWED_HOSTS of a new project knows this machine alone."""
    settings.SMO_KIT = {"CORE": {"base_url": "https://site.example"}}
    settings.ALLOWED_HOSTS = ["localhost"]
    with pytest.raises(CommandError, match=r"read as https://site.example, a host .* Add it there"):
        run()
    assert last_audit() is None


def test_the_score_asked_for():
    score = json.loads(run(json=True))["score"]
    run(min_score=score)
    with pytest.raises(CommandError, match=f"The score is {score}, less than {score + 1}"):
        run(min_score=score + 1)


def test_the_report_is_printed_before_the_command_fails():
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("smo_audit", min_score=101, json=True, stdout=out)
    assert json.loads(out.getvalue())["pages"] == 1


def test_a_page_of_another_site_is_an_error():
    with pytest.raises(CommandError, match="no address of this site"):
        run("https://elsewhere.example/")


def test_without_snapshots_it_names_the_cure():
    Post.objects.all().delete()
    for _ in sync():
        pass
    with pytest.raises(CommandError, match="Run smo_sync first"):
        run()


def test_a_run_over_the_whole_site_is_kept_for_the_admin():
    run("/about/")
    run(limit=1)
    assert last_audit() is None
    run()
    run()
    assert last_audit().report["pages"] == 1


@pytest.mark.parametrize("option", ["--limit=-1", "--worst=x"])
def test_a_number_that_is_none(option):
    with pytest.raises(CommandError, match="a number, 0 or more"):
        run(option)
