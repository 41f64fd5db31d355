"""A site with stock django-comments-xtd and a discussion: all of it is there with the suite, and without it again."""

from __future__ import annotations

import json

import pytest

from tests.sites.life import live
from tests.sites.site import DOCS, Site
from tests.walkthrough import steps

pytestmark = pytest.mark.package
PAGE = "/posts/1/"
ROWS = """
import json
from django_comments.models import CommentFlag
from django_comments_xtd.models import XtdComment
fields = "pk", "comment", "user_id", "user_name", "parent_id", "thread_id", "level", "is_public", "is_removed"
print("TOLD", json.dumps({
    "comments": list(XtdComment.objects.order_by("pk").values_list(*fields)),
    "order": list(XtdComment.objects.order_by("thread_id", "order").values_list("pk", flat=True)),
    "flags": list(CommentFlag.objects.order_by("pk").values_list("user_id", "comment_id", "flag")),
}))
"""


@pytest.fixture(scope="module")
def life(wheel, tmp_path_factory):
    site = Site.given("comments", tmp_path_factory.mktemp("comments"), wheel, start="A site to try it on")
    return live(site, steps(DOCS / "sites.md", "django-comments-xtd with comments"), paths=[PAGE], rows=ROWS)


def test_the_site_had_a_discussion(life):
    assert "An answer to the answer" in life.before.pages[PAGE].get_text()
    assert len(json.loads(life.before.rows)["comments"]) == 7


def test_every_row_is_as_it_was(life):
    assert json.loads(life.with_us.rows) == json.loads(life.before.rows) == json.loads(life.after.rows)


@pytest.mark.parametrize("when", ["before", "with_us", "after"])
def test_readers_see_what_they_may_see_and_no_more(life, when):
    page = getattr(life, when).pages[PAGE].get_text()
    for words in ("The first word", "An answer to it", "An answer to the answer", "The last word"):
        assert words in page
    assert "Words that were taken back" not in page
    assert "Words that wait" not in page


def test_a_reply_to_a_removed_comment_is_still_there(life):
    assert "An answer to what is gone" in life.with_us.pages[PAGE].get_text()


def test_a_like_counts_on(life):
    first = life.with_us.pages[PAGE].find(id="c1")
    assert "Like 1" in " ".join(first.get_text(" ").split())


def test_replies_stand_where_they_did(life):
    found = life.with_us.pages[PAGE].get_text()
    words = ["The first word", "An answer to it", "An answer to the answer", "An answer to what is gone", "The last"]
    assert sorted(words, key=found.index) == words


def test_nothing_of_the_suite_is_left(life):
    life.must_leave_nothing()
