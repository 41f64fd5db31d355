"""A django CMS site with djangocms-stories, of which each page and story gets its card by itself."""

from __future__ import annotations

import pytest

from tests.sites.life import REMOVING, live, said
from tests.sites.site import DOCS, Site
from tests.walkthrough import steps

pytestmark = pytest.mark.package
ABOUT, STORIES, STORY, IN_RUSSIAN = "/en/about/", "/en/stories/", "/en/stories/green-tea/", "/ru/stories/green-tea/"
PLACE_A_BLOCK = """
from cms.api import add_plugin
from cms.models import PageContent
from django.contrib.auth.models import User
boss = User.objects.get()
published = PageContent.objects.get(page__urls__slug="about")
draft = published.versions.first().copy(boss).content
add_plugin(draft.get_placeholders().get(slot="content"), "SmoFollowPlugin", "en", options={})
add_plugin(draft.get_placeholders().get(slot="content"), "SmoSharePlugin", "en", options={"networks": ["telegram"]})
draft.versions.first().publish(boss)
"""
ROWS = """
from djangocms_stories.models import PostContent
print("TOLD", list(PostContent.objects.order_by("pk").values_list("language", "title", "post_text")))
"""


@pytest.fixture(scope="module")
def life(wheel, tmp_path_factory):
    site = Site.given("stories", tmp_path_factory.mktemp("stories"), wheel)
    return live(
        site,
        steps(DOCS / "sites.md", "django CMS with djangocms-stories"),
        paths=[ABOUT, STORIES, STORY, IN_RUSSIAN],
        rows=ROWS,
        used=PLACE_A_BLOCK,
        then=steps(REMOVING, "django CMS"),
    )


@pytest.mark.parametrize(
    ("path", "title", "summary"),
    [
        (ABOUT, "About", "Who we are"),
        (STORIES, "Stories", ""),
        (STORY, "Green tea", "Leaves and water."),
        (IN_RUSSIAN, "Зелёный чай", "Листья и вода."),
    ],
)
def test_a_page_says_what_it_is(life, path, title, summary):
    page = life.with_us.pages[path]
    assert said(page, "og:title") == title
    assert said(page, "og:description") == summary
    assert said(page, "og:url").endswith(path)
    assert life.with_us.images[path].startswith("image/")


@pytest.mark.parametrize("path", [ABOUT, STORIES, STORY, IN_RUSSIAN])
def test_it_says_nothing_twice(life, path):
    page = life.with_us.pages[path]
    assert len(page.find_all("title")) == len(page.find_all("link", rel="canonical")) == 1
    assert len(page.find_all("meta", property="og:title")) == 1


def test_a_block_that_an_editor_has_placed_shows_its_button(life):
    groups = life.with_us.pages[ABOUT].find_all(class_="smo-pass")
    assert len(groups) == 2


@pytest.mark.parametrize("path", [ABOUT, STORIES, STORY, IN_RUSSIAN])
def test_without_the_suite_pages_are_what_they_were(life, path):
    life.must_read_as_before(path)


def test_stories_are_as_they_were(life):
    assert life.before.rows == life.with_us.rows == life.after.rows


def test_nothing_of_the_suite_is_left(life):
    life.must_leave_nothing()
