"""What goes over the wire: little."""

from __future__ import annotations

import gzip
from pathlib import Path

from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders

from smo_kit.comments.rendering import form_address

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


def test_a_form_that_the_script_puts_into_a_page_brings_its_style(client, say):
    """What stands before the first element of a part would be read as the head of a document, and be lost."""
    entry = say()
    for address in (form_address(entry.discussion.key), f"/smo/comments/{entry.pk}/report/"):
        part = BeautifulSoup(client.get(address, headers={"X-Smo-Part": "1"}).content, "html.parser")
        assert "form.css" in part.select_one("form > link")["href"]
