"""What goes over the wire: little, and under names that nobody blocks."""

from __future__ import annotations

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders

BUDGET = 2130
"""Bytes, compressed: script and style of share and follow. The beacon has the rest of 2.5 kB."""
FILES = ("smo_kit/core/buttons.css", "smo_kit/share/pass.js")


def weight(name: str) -> int:
    return len(gzip.compress(Path(finders.find(name)).read_bytes(), 9, mtime=0))


def test_script_and_style_keep_their_budget():
    assert sum(map(weight, FILES)) <= BUDGET


def test_with_the_beacon_they_keep_that_of_the_house():
    assert sum(map(weight, (*FILES, "smo_kit/engagement/seen.js"))) <= 2500


def test_a_page_has_no_other_file_of_ours(post, render):
    soup = render('placement="bar"', object=post)
    linked = {one.get("href") or one.get("src") for one in soup.select("link, script")}
    assert linked == {f"/static/{name}" for name in FILES}
