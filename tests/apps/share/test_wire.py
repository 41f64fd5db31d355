"""What goes over the wire: little, and under names that nobody blocks."""

from __future__ import annotations

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders

BUDGET = 2130
"""Bytes, compressed: script and style of share and follow. The beacon has the rest of 2.5 kB."""
FILES = ("smo_kit/core/buttons.css", "smo_kit/share/pass.js")
SCRIPTS = ("smo_kit/share/pick.js", "smo_kit/follow/window.js")
STYLES = ("smo_kit/share/parts.css", "smo_kit/follow/window.css")


def weight(name: str) -> int:
    return len(gzip.compress(Path(finders.find(name)).read_bytes(), 9, mtime=0))


def test_script_and_style_keep_their_budget():
    assert sum(map(weight, FILES)) <= BUDGET


def test_with_the_beacon_they_keep_that_of_the_house():
    assert sum(map(weight, (*FILES, "smo_kit/engagement/seen.js"))) <= 2500


def test_scripts_of_selection_and_windows_are_small():
    assert sum(map(weight, SCRIPTS)) <= 1030


def test_styles_of_quotes_pictures_and_windows_are_small():
    assert sum(map(weight, STYLES)) <= 920


def test_a_quote_and_a_picture_need_no_script_of_their_own(post, show):
    quote = show("{% smo_quote %}Tea{% endsmo_quote %}", object=post)
    picture = show('{% smo_pictures %}<img src="/a.jpg">{% endsmo_pictures %}', object=post)
    for soup in (quote, picture):
        linked = {one.get("href") or one.get("src") for one in soup.select("link, script")}
        assert linked == {f"/static/{name}" for name in (*FILES, STYLES[0])}


def test_a_page_has_no_other_file_of_ours(post, render):
    soup = render('placement="bar"', object=post)
    linked = {one.get("href") or one.get("src") for one in soup.select("link, script")}
    assert linked == {f"/static/{name}" for name in FILES}
