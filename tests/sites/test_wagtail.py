"""A project of ``wagtail start``: pages of all kinds get their cards by one call."""

from __future__ import annotations

import pytest

from tests.sites.life import live, said
from tests.sites.site import DOCS, Site
from tests.walkthrough import steps

pytestmark = pytest.mark.package
HOME, TEA, CLOSED, SEARCH = "/", "/tea/", "/friends/", "/search/"
ROWS = """
from wagtail.models import Page
print("TOLD", list(Page.objects.order_by("path").values_list("title", "slug", "live")))
"""


@pytest.fixture(scope="module")
def life(wheel, tmp_path_factory):
    site = Site.given("wagtail", tmp_path_factory.mktemp("wagtail"), wheel)
    return live(site, steps(DOCS / "sites.md", "Wagtail"), paths=[HOME, TEA, CLOSED, SEARCH], rows=ROWS)


@pytest.mark.parametrize(("path", "title", "summary"), [(HOME, "Home", ""), (TEA, "Green tea", "Leaves and water.")])
def test_a_page_says_what_it_is(life, path, title, summary):
    page = life.with_us.pages[path]
    assert said(page, "og:title") == title
    assert said(page, "og:description") == summary
    assert said(page, "og:url").endswith(path)
    assert life.with_us.images[path].startswith("image/")
    assert page.find(class_="smo-pass")


def test_a_page_for_friends_stays_closed_and_says_nothing(life):
    page = life.with_us.pages[CLOSED]
    assert "Password required" in page.get_text()
    assert "For friends" not in str(page)


def test_what_is_no_page_works_too(life):
    assert life.with_us.pages[SEARCH].title.string.strip()


@pytest.mark.parametrize("path", [HOME, TEA, CLOSED, SEARCH])
def test_without_the_suite_pages_are_what_they_were(life, path):
    life.must_read_as_before(path)


def test_pages_are_as_they_were(life):
    assert life.before.rows == life.with_us.rows == life.after.rows


def test_nothing_of_the_suite_is_left(life):
    assert life.left.split("\n") == ["[]", "[]", "[]"]
