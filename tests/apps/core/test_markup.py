"""What is read of a page of HTML, in whatever state it is."""

from __future__ import annotations

import time

import pytest

from smo_kit.core.markup import count_words, read_markup

PAGE = """<!doctype html><html lang="ru"><head><title> Two
 words </title><meta property="og:title" content="OG &amp; more"><meta name="Robots" content="NOINDEX, follow">
<link rel="alternate" type="application/rss+xml" href="/feed/"></head><body>
<header><h1>Site</h1><nav><ul><li><a href="/a/">A</a></li></ul></nav></header>
<main><header><h1>The title</h1></header><p>First <b>bold</b> words.</p><h2>Part</h2>
<div>Loose text<br><br>after a gap</div>
<ul><li>one</li><li>two</li></ul><ul class="smo-buttons"><li>Button</li></ul><aside>Beside</aside>
<img src="/x.jpg" width="1" height="1"><script>no() // <p>text</p></script>
<form><input name="q" type="email"></form></main>
<footer><p>Imprint</p><img src="/y.jpg" alt=""></footer></body></html>"""


@pytest.fixture
def found():
    return read_markup(PAGE)


def test_the_head(found):
    assert (found.language, found.title, found.metas["og:title"]) == ("ru", "Two words", "OG & more")
    assert [one.get("href") for one in found.linked("alternate")] == ["/feed/"]
    assert found.is_hidden


def test_the_text_is_what_stands_in_main(found):
    assert [(one.level, one.text) for one in found.passages] == [
        (1, "The title"),
        (0, "First bold words."),
        (2, "Part"),
        (0, "Loose text"),
        (0, "after a gap"),
        (-1, "one"),
        (-1, "two"),
        (-1, "Button"),
    ]


def test_lists_of_the_text_count_and_those_of_menus_and_buttons_do_not(found):
    assert found.lists == 1


def test_a_picture_knows_whether_it_stands_in_the_text_and_what_it_lacks(found):
    assert [(one.is_text, sorted(one.has_no)) for one in found.pictures] == [
        (True, ["alt"]),
        (False, ["height", "width"]),
    ]


def test_links_fields_and_our_classes(found):
    assert [one.get("href") for one in found.anchors] == ["/a/"]
    assert [one.get("type") for one in found.fields] == ["email"]
    assert found.classes == {"smo-buttons"}


def test_without_main_the_text_is_all_but_what_stands_beside_it():
    found = read_markup("<header><p>Menu</p></header><h1>Title</h1><p>Text</p><footer>Foot</footer>")
    assert [one.text for one in found.passages] == ["Title", "Text"]


def test_an_articles_own_footer_is_text():
    assert [one.text for one in read_markup("<article><footer>Notes</footer></article>").passages] == ["Notes"]


@pytest.mark.parametrize(
    ("html", "passages"),
    [
        ("", []),
        ("<p>One<p>Two<h2>Three", ["One", "Two", "Three"]),
        ("<main><p>Open <b>never closed", ["Open never closed"]),
        ("</main></p></div>", []),
        ("<![foo bar><p>x", ["x"]),
        ("<p a='<p>' <<< &#xffffffff; &nope; >", []),
        ("<title>never closed", []),
        ("<script>never closed", []),
        ("<!-- never closed", []),
        ("\x00<p>\ud800</p>", ["\x00", "\ud800"]),
    ],
)
def test_broken_markup_is_read_as_far_as_it_goes(html, passages):
    assert [one.text for one in read_markup(html).passages] == passages


def test_paragraphs_without_end_tags_are_paragraphs():
    assert [one.text for one in read_markup("<main><p>One<p>Two<h2>Three<p>Four").passages] == [
        "One",
        "Two",
        "Three",
        "Four",
    ]


@pytest.mark.parametrize("html", ["<div>" * 100_000, "<p>a</p>" * 60_000, "<nav>" * 20_000 + "<p>x" * 20_000])
def test_a_large_page_takes_time_in_proportion(html):
    before = time.process_time()
    read_markup(html)
    assert time.process_time() - before < 10


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("One, two — three!", 3), ("don't re-read", 2), ("Слово и дело", 3), ("你好世界", 2), ("1.5 kg", 2)],
)
def test_words(text, count):
    assert count_words(text) == count
