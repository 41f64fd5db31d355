"""What a crawler finds in HTML of any kind, and where a text is cut."""

from __future__ import annotations

import json

import pytest

from smo_kit.meta.preview.cutting import cut_words
from smo_kit.meta.preview.reading import read_page
from smo_kit.networks.previews import Cut


def first(html: str, name: str, content_type: str = "") -> str:
    return read_page(html.encode(), content_type).first(name)


@pytest.mark.parametrize(
    ("html", "name", "value"),
    [
        ('<meta property="og:title" content="A">', "og:title", "A"),
        ("<META NAME=OG:Title CONTENT=A>", "og:title", "A"),
        ('<meta itemprop="image" content="/a.jpg">', "image", "/a.jpg"),
        ('<meta name="a" property="b" content="c">', "b", "c"),
        ('<meta property="og:title" content=""><meta property="og:title" content="B">', "og:title", "B"),
        ("<title>  A &amp;\n B </title>", "<title>", "A & B"),
        ("<svg><title>drawn</title></svg><title>real</title>", "<title>", "real"),
        ("<svg/><title>real</title>", "<title>", "real"),
        ("<title>open", "<title>", "open"),
        ('<link rel="shortcut image_src" href="/b.jpg">', "link:image_src", "/b.jpg"),
        ("<h1>Big <em>words</em></h1>", "<h1>", "Big words"),
        ("<p>short<p>" + "long enough " * 5, "<p>", ("long enough " * 5).strip()),
        ('<img src="/1.png"><img src="/2.png">', "<img>", "/1.png"),
        ('<html lang="ka">', "lang", "ka"),
        ('<meta property="og:title" content="&amp;quot;">', "og:title", "&quot;"),
    ],
)
def test_a_field_is_found(html, name, value):
    assert first(html, name) == value


@pytest.mark.parametrize(
    "html",
    ["", "<", "<![if x", "<!doctype", "</title>", "<meta>", "<a" * 5000, "<![CDATA[", "<p>" * 3000, "\x00<title"],
)
def test_no_html_breaks_it(html):
    assert read_page(html.encode()).first("og:title") == ""


def test_what_stands_before_broken_markup_is_kept():
    assert first('<meta property="og:title" content="A"><![bad[<meta', "og:title") == "A"


@pytest.mark.parametrize(
    ("head", "content_type", "encoding"),
    [
        ('<meta charset="windows-1251">', "", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "", "koi8-r"),
        ("", "text/html; charset=windows-1251", "cp1251"),
        ('<meta charset="koi8-r">', "text/html; charset=utf-8", "utf-8"),
        ('<meta charset="no-such">', "", "utf-8"),
        ('<meta charset="rot13">', "", "utf-8"),
        ("", "text/html", "utf-8-sig"),
    ],
)
def test_the_encoding_is_the_pages_own(head, content_type, encoding):
    body = f"{head}<title>Чай</title>".encode(encoding)
    assert read_page(body, content_type).first("<title>") == "Чай"


def ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_json_ld_is_read_of_an_article_that_stands_by_itself():
    article = {"@type": "NewsArticle", "headline": "Tea &amp; cake", "author": [{"name": "Ann"}], "publisher": {}}
    page = read_page(ld([{"@type": "Person"}, article]).encode())
    assert (page.first("ld:headline"), page.first("ld:author"), page.first("ld:publisher")) == ("Tea & cake", "Ann", "")


@pytest.mark.parametrize(
    "data", [{"@graph": [{"@type": "WebPage", "headline": "A"}]}, {"@type": "Recipe", "headline": "A"}, 1, None, [[]]]
)
def test_other_json_ld_is_not(data):
    assert read_page(ld(data).encode()).first("ld:headline") == ""


def test_broken_json_ld_does_not_matter():
    assert first('<script type="application/ld+json">{</script><title>A</title>', "<title>") == "A"


@pytest.mark.parametrize(
    ("text", "cut", "shown", "rest"),
    [
        ("short", Cut(10, 1, 20), "short", ""),
        ("", Cut(10, 1, 20), "", ""),
        ("a" * 12, Cut(letters=10), "a" * 9 + "…", "aaa"),
        ("one two three four", Cut(lines=1, columns=10), "one two t…", "hree four"),
        ("one two three four", Cut(lines=2, columns=10), "one two three four", ""),
        ("日本語の題名", Cut(lines=1, columns=8), "日本語…", "の題名"),
        ("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", Cut(letters=2), "👩‍👩‍👧…", "👩‍👩‍👧👩‍👩‍👧"),
        ("one two. three", Cut(letters=10), "one two…", ". three"),
    ],
)
def test_a_text_is_cut_where_the_network_cuts_it(text, cut, shown, rest):
    words = cut_words(text, cut)
    assert (words.shown, words.rest) == (shown, rest)
