"""Markdown of people we may not know becomes HTML that harms nobody."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from demo_site.articles.texts import cached_html, excerpt, keys_in, to_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "text <b onclick=alert(1)>bold</b>",
    "[link](javascript:alert(1))",
    "[link](JaVaScRiPt:alert(1))",
    "[link](&#106;avascript:alert(1))",
    "[link]( data:text/html,<script>)",
    "[link](//evil.example/)",
    "[link](\\\\evil.example)",
    "<javascript:alert(1)>",
    "[ref]\n\n[ref]: vbscript:x",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](/a.png)',
    "# heading <svg onload=alert(1)>",
    "| a |\n|---|\n| <iframe src=x> |",
    "```\n</code></pre><script>x</script>\n```",
    "<!-- --><script>x</script>",
    "<pre><script>x</script></pre>",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_runs_comes_out(text):
    page = BeautifulSoup(to_html(text), "html.parser")
    assert not page.find_all(["script", "iframe", "svg", "b"])
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")]
        assert tag.get("href", "/").startswith(("/", "https://", "http://", "mailto:", "#"))
        assert not tag.get("href", "").startswith("//")


def test_raw_html_is_shown_as_it_was_written():
    assert to_html("a <b>c</b> & d") == "<p>a &lt;b&gt;c&lt;/b&gt; &amp; d</p>"


def test_a_picture_of_another_site_becomes_its_description():
    assert to_html("![a cat](https://example.org/cat.png)") == "<p><span>a cat</span></p>"
    assert 'src="/media/cat.png"' in to_html("![a cat](/media/cat.png)")


def test_an_article_is_linked_by_its_key_and_an_unknown_one_is_no_link():
    text = "[one](article:one), [two](article:two)"
    assert keys_in(text) == {"one", "two"}
    assert to_html(text, {"one": "/en/articles/one/"}) == '<p><a href="/en/articles/one/">one</a>, <a>two</a></p>'


def test_what_is_wide_can_be_scrolled_by_keyboard():
    page = BeautifulSoup(to_html("| a |\n|---|\n| 1 |\n\n```\ncode\n```"), "html.parser")
    assert page.find("table").parent["tabindex"] == "0"
    assert page.find("table").parent["aria-label"]
    assert page.find("pre")["tabindex"] == "0"


def test_an_excerpt_is_plain_words_without_headings():
    text = "# Short\n\nThe *first* [link](https://example.org) of `utm_source`.\n\n```\ncode\n```\n\n> Said."
    assert excerpt(text) == "The first link of utm_source. code Said."
    assert excerpt("word " * 200).endswith("…")
    assert excerpt("") == ""


def test_headings_stand_under_the_pages_own_and_have_anchors_in_any_script():
    page = BeautifulSoup(to_html("# Первый раз\n\n## Second"), "html.parser")
    assert [(one.name, one["id"]) for one in page.find_all(["h1", "h2"])] == [
        ("h2", "h-первый-раз"),
        ("h2", "h-second"),
    ]


def test_anchors_of_a_text_are_never_those_of_the_page_and_never_twice_the_same():
    page = BeautifulSoup(to_html("# Content\n\n## Next\n\n## Next\n\n## ***\n\n[up](#next)"), "html.parser")
    ids = [one["id"] for one in page.find_all("h2")]
    assert len(set(ids)) == 4
    assert all(one.startswith("h-") for one in ids)
    assert page.a["href"] == "#h-next"


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ("One is said. Two follows.", "One is said.", "Two follows."),
        ("One is said.", "One is said.", ""),
        ("One\n\nTwo", "One", "Two"),
        ("Tea is green.", "Tea", "Tea is green."),
        ("A long sentence that goes on.", "A long sentence…", "… that goes on."),
        ("Words.", "Other words.", "Words."),
        ("", "Title.", ""),
    ],
)
def test_an_excerpt_does_not_repeat_the_title(text, title, words):
    assert excerpt(text, title) == words


def test_a_text_is_turned_into_html_once_and_again_when_it_changes():
    asked = []

    def addresses() -> dict[str, str]:
        asked.append(1)
        return {}

    for text in ("one", "one", "two"):
        assert cached_html(text, "en", addresses) == f"<p>{text}</p>"
    assert len(asked) == 2
