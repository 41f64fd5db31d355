"""SMO → Audit."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from smo_kit.core.audit_runs import LOST, last_audit, run_audit, start_audit
from smo_kit.core.models import Audit
from smo_kit.core.rows import sync
from tests.apps import staff as people
from tests.blog.models import Post

pytestmark = pytest.mark.django_db
URL = "/admin/smo_core/audit/"


@pytest.fixture(autouse=True)
def a_site():
    Post.objects.create(slug="one", title="What a first post says")
    for _ in sync():
        pass


def staff(client, *permissions):
    client.force_login(people.staff(*permissions, app="smo_core"))


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def test_before_the_first_audit(admin_client):
    found = soup(admin_client.get(URL))
    assert "has not been audited yet" in found.text
    assert not found.find("meter")


def test_a_click_audits_the_site(admin_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(URL).headers["Location"] == URL
    found = soup(admin_client.get(URL))
    assert int(found.select_one(".smo-audit-number strong").text) > 0
    assert len(found.select(".smo-audit-step meter")) == len(last_audit().report["steps"])
    assert found.select_one('.smo-audit-page a[href="/posts/one/"]')
    assert found.select_one('.smo-audit-cure a[href^="/admin/smo_core/cardrow/"]')


def test_who_looks_reads_his_own_language_whoever_ran_it(admin_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(URL, headers={"accept-language": "en"})
    english, russian = (soup(admin_client.get(URL, headers={"accept-language": code})) for code in ("en", "ru"))
    kinds = (".smo-audit-findings > li p:first-child", ".smo-audit-cure")
    for kind in kinds:
        said = [[one.text for one in page.select(kind)] for page in (english, russian)]
        assert len(said[0]) == len(said[1]) > 5
        assert not [text for text in said[1] if not re.search("[а-яё]", text)]
        assert not [text for text in said[0] if re.search("[а-яё]", text)]


def test_no_style_or_script_stands_in_the_page(admin_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(URL)
    found = soup(admin_client.get(URL)).find(id="content-main")
    assert not found.find_all(["style", "script"])
    assert not [one for one in found.find_all(True) if one.has_attr("style")]


def test_while_it_runs_the_page_says_how_far_it_is_and_looks_again(admin_client):
    Audit.objects.create(site_id=1, started=timezone.now(), done=3, total=9)
    found = soup(admin_client.get(URL))
    assert (found.progress["value"], found.progress["max"]) == ("3", "9")
    assert found.find("meta", attrs={"http-equiv": "refresh"})
    assert found.select_one(".smo-audit-tools input[disabled]")
    assert b"under way already" in admin_client.post(URL, follow=True).content


def test_a_run_that_was_killed_is_no_run():
    Audit.objects.create(site_id=1, started=timezone.now() - LOST - dt.timedelta(seconds=1))
    assert start_audit("en", "https://site.example")


def test_a_run_that_breaks_off_keeps_the_report_before(monkeypatch):
    Audit.objects.create(site_id=1, started=timezone.now(), report={"score": 5})
    monkeypatch.setattr("smo_kit.core.audit_runs.audit_site", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_audit.func("en", "")
    assert (last_audit().report, last_audit().finished is None) == ({"score": 5}, False)


def test_one_page(admin_client):
    found = soup(admin_client.get(URL, {"page": "/about/"}))
    assert found.select_one("#smo-audit-score").text == "/about/"
    assert last_audit() is None


def test_a_page_of_another_site(admin_client):
    assert "no address of this site" in soup(admin_client.get(URL, {"page": "https://elsewhere.example/"})).text


@pytest.mark.parametrize("page", ["http://[", "\x00", "x" * 5000, "<script>"])
def test_nonsense_for_a_page(admin_client, page):
    answer = admin_client.get(URL, {"page": page})
    assert answer.status_code == 200
    assert b'<script>"' not in answer.content


@pytest.mark.parametrize(
    ("permissions", "looks", "runs"),
    [((), 403, 403), (("view_settings",), 200, 403), (("change_settings",), 200, 302)],
)
def test_who_may_look_and_run(client, permissions, looks, runs):
    staff(client, *permissions)
    assert client.get(URL).status_code == looks
    assert client.post(URL).status_code == runs


def test_who_may_only_look_gets_no_button(client):
    staff(client, "view_settings")
    assert not soup(client.get(URL)).select_one(".smo-audit-tools form[method=post]")


def test_a_stranger_is_asked_to_log_in(client):
    assert client.get(URL).headers["Location"].startswith("/admin/login/")


def test_a_forged_post_is_refused(admin_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert client.post(URL).status_code == 403


def test_it_stands_in_the_index_of_who_may_see_it(client):
    staff(client, "view_settings")
    assert soup(client.get("/admin/")).select_one(f'a[href="{URL}"]')
