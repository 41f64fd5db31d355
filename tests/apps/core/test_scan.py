"""HTML in pieces, in whatever state it is."""

from __future__ import annotations

import time

import pytest

from smo_kit.core.scan import candidates, pieces


def scan(html):
    return [piece if piece[2] is not None else piece[:2] for piece in pieces(html)]


def test_tags_texts_and_attributes():
    assert scan("""<P Class=a id='b c' title="d &amp; e" hidden>x &lt; y</p >""") == [
        ("start", "p", {"class": "a", "id": "b c", "title": "d & e", "hidden": ""}),
        ("text", "x < y"),
        ("end", "p"),
    ]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<br/>", [("start", "br", {})]),
        ("<a href=/x/>y", [("start", "a", {"href": "/x/"}), ("text", "y")]),
        ("<a a=1 a=2>", [("start", "a", {"a": "1"})]),
        ('<a b="c>d">', [("start", "a", {"b": "c>d"})]),
        ("<!doctype html><!-- <p> -->x<?php ?>", [("text", "x")]),
        ("<!-->x", [("text", "x")]),
        ("1 < 2 <3", [("text", "1 "), ("text", "<"), ("text", " 2 "), ("text", "<"), ("text", "3")]),
        (
            "<script>a<b>&amp;</SCRIPT >x",
            [("start", "script", {}), ("text", "a<b>&amp;"), ("end", "script"), ("text", "x")],
        ),
        ("<title>a <b> &amp; c</title>", [("start", "title", {}), ("text", "a <b> & c"), ("end", "title")]),
        ("<title>a", [("start", "title", {}), ("text", "a"), ("end", "title")]),
        ("x<a href='never", [("text", "x")]),
        ("x<!-- never", [("text", "x")]),
        ("x</p", [("text", "x")]),
        ("</3>x", [("text", "x")]),
        ("", []),
    ],
)
def test_the_corners(html, found):
    assert scan(html) == found


@pytest.mark.parametrize(
    ("srcset", "urls"),
    [
        ("/a.jpg", ["/a.jpg"]),
        (" /a.jpg 1x,/b.jpg 2x , /c.jpg", ["/a.jpg", "/b.jpg", "/c.jpg"]),
        ("/a,1.jpg, /b.jpg 600w, ", ["/a,1.jpg", "/b.jpg"]),
        ("/a.jpg,,, /b.jpg", ["/a.jpg", "/b.jpg"]),
        ("data:image/gif;base64,R0lG 1x, /b.jpg 2x", ["data:image/gif;base64,R0lG", "/b.jpg"]),
        (", ,", []),
        ("", []),
    ],
)
def test_the_files_of_a_srcset(srcset, urls):
    assert list(candidates(srcset)) == urls


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<a ", "</", "<p a='", "&", "<![CDATA[", "<script>", "<b/", "<a b=c ", "<title>", "<a/=", "</p "],
)
def test_twice_the_length_takes_about_twice_the_time(piece):
    def spent(length):
        html = piece * (length // len(piece))
        before = time.process_time()
        for _ in pieces(html):
            pass
        return time.process_time() - before

    spent(1000)
    assert spent(400_000) < 10 * spent(100_000) + 0.5
