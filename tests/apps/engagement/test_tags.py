from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.template import engines
from django.test import RequestFactory, override_settings

from smo_kit.core.subjects import key_of
from smo_kit.engagement.tags import smo_scripts
from tests.blog.models import Post, Story, Telling


def rendered(request: Any, **context: Any) -> str:
    template = engines["django"].from_string("{% load smo %}{% smo_scripts thing %}")
    return template.render(context, request).strip()


def test_a_page_prints_what_it_is_about_and_where_to_report(rf: RequestFactory, post: Post) -> None:
    assert rendered(rf.get("/x/"), thing=post) == (
        '<script type="module" src="/static/smo_kit/engagement/seen.js" '
        f'data-smo-seen="{key_of(post).sign()}" data-smo-to="/smo/seen/"></script>'
    )


def test_without_an_object_it_is_about_that_of_the_view(rf: RequestFactory, post: Post) -> None:
    assert key_of(post).sign() in rendered(rf.get("/x/"), object=post)


def test_a_translation_reports_for_its_subject(rf: RequestFactory, db: None) -> None:
    story = Story.objects.create()
    told = Telling.objects.create(story=story, language="ru", slug="a", title="А")

    assert key_of(story).sign() in rendered(rf.get("/x/"), thing=told)


def test_the_same_page_has_the_same_bytes_for_everybody(rf: RequestFactory, post: Post) -> None:
    request = rf.get("/x/")
    other = rf.get("/x/", headers={"User-Agent": "curl/8", "Cookie": "sessionid=1"})

    assert rendered(request, thing=post) == rendered(other, thing=post)


def test_a_page_about_nothing_prints_nothing(rf: RequestFactory, db: None) -> None:
    assert rendered(rf.get("/nowhere/")) == ""


def test_a_post_that_is_empty_is_still_what_the_page_is_about(
    rf: RequestFactory, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Post, "__len__", lambda post: 0, raising=False)

    assert key_of(post).sign() in rendered(rf.get("/x/"), thing=post)


def test_a_site_that_does_not_count_views_prints_nothing(rf: RequestFactory, post: Post) -> None:
    with override_settings(SMO_KIT={"ENGAGEMENT": {"views": False}}):
        assert rendered(rf.get("/x/"), thing=post) == ""


@pytest.mark.urls("tests.apps.core.no_urls")
def test_a_site_without_our_addresses_serves_its_page_and_logs_the_cure(
    rf: RequestFactory, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    assert smo_scripts({"request": rf.get("/x/")}, post)["key"] == ""
    assert 'include("smo_kit.urls")' in caplog.text

    with override_settings(DEBUG=True), pytest.raises(ImproperlyConfigured, match=r"smo_kit\.urls"):
        smo_scripts({"request": rf.get("/x/")}, post)


def test_the_module_that_the_page_names_is_there_and_reads_what_the_page_prints(rf: RequestFactory, post: Post) -> None:
    html = rendered(rf.get("/x/"), thing=post)
    path = finders.find("smo_kit/engagement/seen.js")
    assert isinstance(path, str)
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        script = file.read()

    for name in re.findall(r"data-(smo-\w+)=", html):
        assert "smo" + name.removeprefix("smo-").capitalize() in script
