"""What goes over the wire: little."""

from __future__ import annotations

import gzip
from pathlib import Path

from django.contrib.staticfiles import finders

FILES = ("smo_kit/comments/comments.css", "smo_kit/comments/comments.js")


def test_script_and_style_are_within_three_kilobytes_together():
    assert sum(len(gzip.compress(Path(finders.find(name)).read_bytes(), 9, mtime=0)) for name in FILES) <= 3000


def test_the_style_of_a_form_comes_with_the_form():
    style = Path(finders.find("smo_kit/comments/form.css")).read_bytes()
    assert len(gzip.compress(style, 9, mtime=0)) <= 500


def test_nothing_is_asked_again_and_again():
    script = Path(finders.find(FILES[1])).read_text(encoding="utf-8")
    assert "setInterval" not in script
    assert "setTimeout" not in script
