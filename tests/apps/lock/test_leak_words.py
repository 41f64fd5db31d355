"""Words, faces and runs: what the leak audit compares."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.utils.html import escape, escapejs

from smo_kit.lock.leaks.faces import faces
from smo_kit.lock.leaks.index import RUN, Index
from smo_kit.lock.leaks.words import main_of, visible, words_of

SECRET = "the treasure lies below the third oak behind the old mill"


def index(*parts: str, **kwargs: int) -> Index:
    found = Index(**kwargs)
    for number, part in enumerate(parts):
        found.add(number, words_of(part))
    return found


def found(text: str, *parts: str) -> dict[str, str]:
    """Return the words of leaks by their places."""
    known = index(*(parts or (SECRET,)))
    return {place: " ".join(words[hit.start : hit.end]) for place, words in faces(text) for hit in known.find(words)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't  PANIC!", ["don", "t", "panic"]),
        ("tre\u00adasure zero\u200bwidth", ["treasure", "zerowidth"]),
        ("Ёлка ЁЛКА", ["ёлка", "ёлка"]),
        ("ﬁne １２", ["fine", "12"]),
        ("宝物は森", ["宝", "物", "は", "森"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("", []),
    ],
)
def test_words_are_compared_whatever_their_letters_look_like(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        SECRET.upper(),
        f"<p>{SECRET}</p>",
        SECRET.replace("oak", "o<b>a</b>k").replace("mill", "<i>mill</i>"),
        "<p>the treasure lies</p><p>below the third oak</p> behind the old mill",
        f"<description>&lt;p&gt;{SECRET}&lt;/p&gt;</description>",
        f"<content><![CDATA[<p>{SECRET}</p>]]></content>",
        json.dumps({"results": [{"body": f"<p>{SECRET}</p>"}]}),
        json.dumps([*SECRET.split()]),
    ],
)
def test_a_leak_is_found_in_any_text(text):
    assert set(found(text)) == {"text"}
    assert list(found(text).values()) == [SECRET]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f'<meta name="description" content="{SECRET}">', "meta description"),
        (f'<meta property="og:description" content="{SECRET}">', "meta og:description"),
        (f'<img src="/a.png" alt="{SECRET}">', "img alt"),
        (f'<div data-text="&lt;p&gt;{SECRET}&lt;/p&gt;"></div>', "div data-text"),
        (f'<a href="/share?text={SECRET.replace(" ", "%20")}">x</a>', "a href"),
        (f'<a href="/share?text={SECRET.replace(" ", "+")}%21">x</a>', "a href"),
        (f"<p>open</p><!-- {SECRET} -->", "text, comment"),
        (f'<script type="application/ld+json">{json.dumps({"d": SECRET})}</script>', "application/ld+json"),
        (f'<script>const a = "{SECRET.replace("t", chr(92) + "u0074")}"</script>', "script"),
        (f"<script>broken json {{ {SECRET}</script>", "script"),
        (f'<style>p::after {{ content: "{SECRET}" }}</style>', "style"),
        (f"<title>{SECRET}</title>", "text"),
        (f"<noscript><p>{SECRET}</p></noscript>", "text"),
        (f'<template><p hidden style="display:none">{SECRET}</p></template>', "text"),
    ],
)
def test_a_leak_is_found_wherever_it_hides(text, place):
    assert found(text) == {place: SECRET}


MARKED = (
    "<p>The <b>treasure</b> lies <i>below</i> the</p><p><b>third</b> oak behind <a href='/x'>the</a> old</p>"
    "<p>mill <em>by</em> the <b>river</b> where nobody</p><p>g&oacute;es.</p>"
)


@pytest.mark.parametrize(
    "text",
    [
        f"<script>const text = '{escapejs(MARKED)}';</script>",
        f"<script>const text = {json.dumps(MARKED)};</script>",
        f"<script>for (i=0;i<n;i++) a[i]>2; const text = {json.dumps(MARKED)};</script>",
        f"<script>const data = JSON.parse({json.dumps(json.dumps({'text': MARKED}))});</script>",
        f"<script>const data = JSON.parse('{escapejs(json.dumps({'text': MARKED}))}');</script>",
        f'<script type="application/json">{escapejs(MARKED)}</script>',
        f'<a onclick="show({escape(json.dumps(MARKED))})">x</a>',
        f"show('{escapejs(MARKED)}')",
        json.dumps({"a": 1}) + "\n" + json.dumps({"text": MARKED}).replace("<", "\\u003c"),
        json.dumps({"text": escape(MARKED)}),
        f"<description>{escape(escape(MARKED))}</description>",
        f'<a href="/say?{quote(MARKED)}">x</a>',
    ],
)
def test_a_leak_with_tags_every_few_words_is_found_in_scripts_and_data(text):
    known = index(visible(MARKED))
    assert [hit for _place, words in faces(text) for hit in known.find(words)]


@pytest.mark.parametrize(
    "text",
    [
        SECRET.replace(" ", "&nbsp;"),
        json.dumps({"text": SECRET.replace(" ", "&nbsp;")}),
        json.dumps({"text": SECRET.replace("e", "&#101;")}),
        f"<description>{SECRET.replace(' ', '&amp;nbsp;')}</description>",
        f"<p style=\"--text: '{SECRET}'\">x</p>",
        "<style>p::after { content: '" + SECRET.replace("e", "\\65 ") + "' }</style>",
        "<script>say('" + SECRET.replace("e", "\\u{65}") + "')</script>",
    ],
)
def test_letters_in_whatever_writing_are_read(text):
    assert SECRET in found(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "the treasure lies below the third",
        "the treasure lies below the fourth oak behind the new mill",
        "mill old the behind oak third the below lies treasure the",
        "<p>the treasure lies below</p><script>x</script>",
        "",
        "<",
        "{",
        "[" * 5000,
        "<a" * 5000,
        "<script>" + "<a" * 5000,
        "<script>'\\u{ffffff} \\",
        "&amp;" * 5000,
        "%25" * 5000,
    ],
)
def test_what_is_no_leak_is_none(text):
    assert found(text) == {}


def test_a_leak_ends_where_the_words_part():
    assert found(f"He said that {SECRET} and left") == {"text": SECRET}
    half = " ".join(SECRET.split()[:RUN])
    assert found(f"{half} tree") == {"text": half}


def test_a_short_part_is_found_as_a_whole():
    assert found("the code is 1234 abcd, friends", "code is 1234") == {"text": "code is 1234"}
    assert found("the code was 1234", "code is 1234") == {}
    assert found("Xylophonist!", "xylophonist") == {"text": "xylophonist"}


def test_a_part_of_one_short_word_is_told_from_nothing():
    known = Index()
    assert not known.add(0, ["yes"])
    assert not known.add(0, [])
    assert len(known) == 0


def test_what_two_locks_hide_is_a_leak_of_both():
    known = index(SECRET, f"and {SECRET}")
    assert {hit.part for hit in known.find(words_of(SECRET))} == {0, 1}


def test_a_part_that_says_the_same_again_is_noted_once():
    known = index(f"{SECRET} {SECRET}")
    assert [hit.part for hit in known.find(words_of(SECRET))] == [0]


def test_a_library_needs_little_room_and_a_long_leak_is_found_all_the_same():
    text = " ".join(f"word{n} of{n % 7}" for n in range(5000))
    known = index(text, most=200)
    assert len(known) <= 200
    assert known.find(words_of(text))


def test_visible_is_what_a_reader_sees_but_for_our_blocks_and_what_is_public_on_purpose():
    html = (
        "<p>One</p><script>no</script><style>no</style><button>no</button><!-- no -->"
        '<div class="smo-share"><div>no</div>no</div><p data-smo-public>no</p><br class="smo-x"><p>Two</p>'
    )
    assert words_of(visible(html)) == ["one", "two"]
    assert words_of(visible('<main class="smo-page"><p>One</p></main>')) == ["one"]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<header>no</header><main><p>One</p></main><footer>no</footer>", ["one"]),
        ("<nav>no</nav><ARTICLE class=x><p>One</p></ARTICLE>no", ["one"]),
        ("<main>One", ["one"]),
        ("<p>One</p>", ["one"]),
    ],
)
def test_of_a_whole_page_only_its_own_part_is_hidden(html, words):
    assert words_of(visible(main_of(html))) == words
