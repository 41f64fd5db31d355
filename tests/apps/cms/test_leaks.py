"""The leak audit on a site of the CMS."""

from __future__ import annotations

import pytest
from cms.api import add_plugin

from smo_kit.contrib.cms.models import PageCard
from smo_kit.lock.leaks.auditing import Audit
from tests.apps.cms.site import all_contents, publish

pytestmark = pytest.mark.django_db
SECRET = "The treasure lies below the third oak behind the old mill"


def put(page, boss, **card) -> None:
    (content,) = all_contents(page)
    slot = content.get_placeholders().get(slot="content")
    holder = add_plugin(slot, "SmoLockPlugin", "en", options={})
    add_plugin(slot, "TextPlugin", "en", target=holder, body=f"<p>{SECRET}</p>")
    if card:
        PageCard.objects.create(extended_object=content, **card)
    publish(content, boss)


def audit():
    *_, last = Audit("https://testserver").run()
    return last.report


def test_a_page_with_a_lock_leaks_nothing(make_page, boss, committed):
    page = make_page("News", draft=True)
    with committed():
        put(page, boss)
    report = audit()
    assert (report.leaks, report.unopened, report.locks) == ([], [], 1)


def test_what_an_editor_says_of_the_page_is_looked_at(make_page, boss, committed):
    page = make_page("News", draft=True)
    with committed():
        put(page, boss, description=SECRET)
    report = audit()
    assert {"cards", "pages"} == {one.exit for one in report.leaks}
    assert "meta description" in {one.place for one in report.leaks}


def test_a_page_for_members_is_looked_behind_as_staff(client, make_page, boss, committed):
    page = make_page("News", draft=True)
    with committed():
        put(page, boss)
    client.get("/en/news/")
    page.login_required = True
    page.save()
    report = audit()
    assert [one["why"] for one in report.unopened] == []
    assert report.locks == 1
