"""What a page loads of sign-in, and what its script does without being asked."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders


def source(name: str) -> str:
    return Path(finders.find(f"smo_kit/login/{name}")).read_text(encoding="utf-8")


def weight(*names: str) -> int:
    return sum(len(gzip.compress(source(name).encode(), 9, mtime=0)) for name in names)


def test_an_article_loads_little():
    """Buttons and link together; a page with the link alone loads the script alone."""
    assert weight("login.css", "login.js") <= 600


def test_what_is_loaded_when_somebody_asks_is_small_too():
    assert weight("own.js") <= 1000
    assert weight("page.css") <= 1250


def test_nothing_is_asked_before_somebody_has_signed_in_or_pressed():
    script = source("login.js")
    assert "fetch" not in script
    assert re.findall(r"(?m)^.*import\(.*$", script) == [
        "  import(link.dataset.smoOwn).then((own) => own.open(link)).catch(() => location = link);",
        "if (one && /smo_in/.test(document.cookie)) import(one.dataset.smoOwn).then((own) => own.greet());",
    ]


@pytest.mark.parametrize("name", ["login.css", "page.css"])
def test_style_reads_from_either_side(name):
    assert not re.search(r"\b(?:left|right|margin-(?:top|bottom)|padding-(?:top|bottom))\b", source(name))
