"""What a page shows of a block: links, pictures, texts of strangers."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import get_args

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

import smo_kit.best
from smo_kit.best.conf import Layout
from smo_kit.best.layouts import PARTS, block_name
from smo_kit.core.blocks import all_blocks, render_block
from smo_kit.core.subjects import Key, key_of
from tests.apps.best.shown import beside, html, liked, page, shown, titles

pytestmark = pytest.mark.django_db
LAYOUTS = get_args(Layout)
STYLE = Path(smo_kit.best.__file__).parent / "static" / "smo_kit" / "best" / "best.css"
HOSTILE = [
    pytest.param("<script>alert(1)</script>", id="a script"),
    pytest.param('"><img src=x onerror=alert(1)>', id="the end of an attribute"),
    pytest.param("{{ 7|add:7 }}{% load x %}", id="a template"),
    pytest.param("</a></li></ul></section>", id="the end of the block"),
]


def related(**columns):
    """Show a page beside another: its row of the list."""
    return shown("smo_related post reasons=True", post=beside(page("tea"), page("mint", **columns))).li


@pytest.mark.parametrize("layout", LAYOUTS)
class TestEveryLayout:
    def test_is_a_section_with_a_heading_and_a_list_of_links(self, layout):
        post = beside(page("tea"), page("mint"), page("rum"))
        section = shown(f'smo_related post layout="{layout}"', post=post).select_one(f"section.smo-best-{layout}")
        assert section["aria-label"] == section.h2.text
        assert [one.a["href"] for one in section.ul.find_all("li", recursive=False)] == ["/posts/mint/", "/posts/rum/"]
        assert [one["data-smo-at"] for one in section.select("a")] == ["0", "1"]

    def test_has_a_name_that_the_counts_have_room_for(self, layout):
        assert len(block_name("related", layout)) <= 16

    def test_has_no_style_and_no_script_of_its_own_inside(self, layout):
        liked(page("tea"))
        soup = shown(f'smo_best layout="{layout}" period="month"')
        assert not soup.select("[style], style")
        assert all(one.get("src") and not one.text for one in soup.select("script"))

    def test_counts_its_clicks_apart(self, layout):
        assert sum(block_name("best", one) == block_name("best", layout) for one in PARTS) == 1


class TestParts:
    @pytest.mark.parametrize(
        ("layout", "seen"),
        [
            ("list", [(1, 1, 0), (1, 1, 0)]),
            ("cards", [(1, 1, 0), (1, 1, 0)]),
            ("compact", [(0, 0, 0), (0, 0, 0)]),
            ("next", [(1, 1, 0), (1, 0, 0)]),
            ("announcements", [(0, 1, 1), (0, 1, 1)]),
        ],
        ids=LAYOUTS,
    )
    def test_picture_summary_and_date_are_those_of_the_layout(self, layout, seen):
        post = beside(page("tea"), page("mint", image_url="/m.jpg"), page("rum", image_url="/r.jpg"))
        rows = shown(f'smo_related post layout="{layout}"', post=post).select("li")
        assert [tuple(len(row.select(part)) for part in ("img", "p:not(:has(time))", "time")) for row in rows] == seen

    def test_a_picture_says_its_size_and_waits_until_it_is_near(self):
        picture = related(image_url="/m.jpg", image_width=1200, image_height=630, image_alt="Leaves").img
        assert (picture["width"], picture["height"], picture["alt"]) == ("1200", "630", "")
        assert (picture["loading"], picture["decoding"]) == ("lazy", "async")

    def test_a_page_without_a_picture_keeps_its_room(self):
        row = related(image_url="")
        assert row.select_one(".smo-shot")
        assert not row.img

    def test_a_reason_is_said_when_it_is_asked_for(self):
        post = beside(page("tea"), page("mint"), reason="tags", detail="leaves")
        assert shown("smo_related post reasons=True", post=post).select_one(".smo-why").text == (
            "On the same topic: leaves"
        )
        assert not shown("smo_related post", post=post).select(".smo-why")

    def test_a_locked_page_says_so(self):
        post = beside(page("tea"), page("mint", free=False), page("rum"))
        locked, free = shown("smo_related post locked=True", post=post).select("li")
        assert locked.select_one(".smo-locked").text == "Locked"
        assert not free.select(".smo-locked")

    def test_a_page_in_another_language_is_marked(self):
        post = beside(page("tea"), page("чай", "ru"), page("mint"))
        assert [one.get("lang") for one in shown("smo_related post", post=post).select("li")] == ["ru", None]

    def test_the_words_of_a_page_stand_where_its_title_begins(self):
        post = beside(page("tea"), page("mint"))
        (row,) = shown('smo_related post layout="announcements" reasons=True', post=post).select("li")
        assert row.div["dir"] == "auto"
        assert [one.name for one in row.div.select("[dir]")] == ["time"]

    @pytest.mark.parametrize("words", HOSTILE)
    def test_words_of_strangers_are_no_markup(self, words):
        row = related(title=words, summary=words, image_url="/m.jpg")
        assert row.a.text == words
        assert len(row.find_all(["img", "script", "a"])) == 2


class TestHeading:
    @pytest.mark.parametrize(
        ("tag", "heading"),
        [
            ("smo_related post", "Read next"),
            ("smo_best", "The best of the month"),
            ('smo_best period="new"', "The newest"),
            ('smo_best layout="announcements"', "Announcements"),
            ('smo_best title="Read & weep"', "Read & weep"),
        ],
    )
    def test_says_what_the_list_holds_unless_the_site_says_it(self, tag, heading):
        mint = page("mint")
        liked(mint)
        assert shown(tag, post=beside(page("tea"), mint)).h2.text == heading


class TestWhatIsCounted:
    def test_the_block_says_what_it_offers_where(self):
        post = beside(page("tea"), page("mint"))
        section = shown("smo_related post", post=post).section
        assert Key.unsign(section["data-smo-page"]).speaking("") == key_of(post)
        assert section["data-smo-offer"]
        assert section["data-smo-tell"].startswith("/smo/")

    def test_it_is_the_same_whenever_it_is_made(self, settings):
        post = beside(page("tea"), page("mint"))
        kept = html("smo_related post", post=post)
        settings.DEBUG = True
        assert html("smo_related post", post=post) == kept

    def test_it_has_no_id_that_another_block_of_the_page_could_have(self):
        assert not shown("smo_related post", post=beside(page("tea"), page("mint"))).select("[id]")


class TestBlocks:
    @pytest.mark.parametrize("name", ["related", "best", "announcements"])
    def test_an_editor_can_place_it(self, name, rf):
        mint = page("mint")
        liked(mint)
        context = {"request": rf.get("/"), "object": beside(page("tea"), mint)}
        block = all_blocks()[name]
        assert "/posts/mint/" in render_block(block, {"limit": 3, "title": "Ours"}, context)
        assert all(block.options.values())

    def test_announcements_have_their_layout(self, rf):
        page("tea")
        options = {"layout": "cards", "period": "week"}
        assert "smo-best-announcements" in render_block(
            all_blocks()["announcements"], options, {"request": rf.get("/")}
        )


@pytest.mark.parametrize("name", ["block", "suggestion"])
def test_a_template_says_in_its_head_what_it_is_given(name):
    assert get_template(f"smo_kit/best/{name}.html").template.source.startswith("{# ")


def test_the_style_is_light():
    assert len(gzip.compress(STYLE.read_bytes(), 9, mtime=0)) <= 415


def test_with_ratings_all_that_is_loaded_is_within_its_bound():
    files = [f"smo_kit/{app}/{app}.{ending}" for app in ("best", "ratings") for ending in ("css", "js")]
    assert sum(len(gzip.compress(Path(finders.find(name)).read_bytes(), 9, mtime=0)) for name in files) <= 1490


def test_a_page_without_ratings_loads_nothing_of_them():
    block = str(shown("smo_related post", post=beside(page("a"), page("b"))))
    assert "smo_kit/best/best.css" in block
    assert "smo_kit/ratings/" not in block


def test_pages_are_offered_in_the_order_of_the_list():
    assert titles(shown("smo_related post", post=beside(page("a"), page("c"), page("b")))) == ["C", "B"]
