"""Pages of the suite need nothing unsafe: they work under ``default-src 'self'`` and load nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = [
    file for folder in ("smo_kit", "demo_site", "templates") for file in sorted((ROOT / folder).rglob("*.html"))
]
STATIC = [
    file
    for folder in ("smo_kit", "demo_site")
    for kind in ("*.js", "*.css")
    for file in sorted((ROOT / folder).rglob(kind))
]
UNSAFE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an event handler": r"<[^>]*\son[a-z]+\s*=",
    "a style element": r"<style\b",
    "an inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=[\"']application/(?:ld\+)?json)",
    "an address that is run": r"""["'(]\s*javascript:""",
    "a foreign resource": r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\ssrc=["'](?:https?:)?//"""
    r"""|<link\b[^>]*rel=["']?(?:stylesheet|preload|icon|preconnect)[^>]*href=["'](?:https?:)?//""",
}
BLOCKED = re.compile(
    r"(?:^|[-_])(?:share|sharing|social|follow|ads?|advert\w*|banner|sponsor\w*|promo|track\w*|analytics)(?:$|[-_])"
)
"""Words in names that the lists of ad-blockers hide or refuse."""


MAILS = {"smo_kit/mail/templates/smo_kit/mail/base.html"}
"""Mails are no pages: a mail program knows no policy and fetches no style sheet."""


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def without_comments(text: str) -> str:
    return re.sub(r"(?s)\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->|/\*.*?\*/", "", text)


def found(pattern: str, files: list[Path]) -> dict[str, list[str]]:
    """Return what is found in each file that has it, comments left out."""
    texts = {named(file): without_comments(file.read_text(encoding="utf-8")) for file in files}
    return {name: said for name, text in texts.items() if (said := re.findall(pattern, text, re.IGNORECASE))}


def test_there_is_something_to_look_at():
    assert len(TEMPLATES) > 200
    assert len(STATIC) > 50


@pytest.mark.parametrize("what", UNSAFE)
def test_no_template_has_anything_unsafe(what):
    allowed = {name: ["<style"] for name in MAILS} if what == "a style element" else {}
    assert found(UNSAFE[what], TEMPLATES) == allowed


def test_scripts_and_styles_ask_nobody_else():
    assert found(r"""(?:url\(|import\(?|from|fetch\()\s*["']?(?:https?:)?//[^"')\s]*""", STATIC) == {}


def test_scripts_never_run_text():
    run = re.compile(r"\beval\(|new Function\(|insertAdjacentHTML|\.innerHTML\s*=|document\.write")
    assert [named(file) for file in STATIC if run.search(file.read_text(encoding="utf-8"))] == []


def names_in(file: Path) -> list[str]:
    """Return the classes and ids of a template."""
    text = without_comments(file.read_text(encoding="utf-8"))
    text = re.sub(r"(?s)\{%.*?%\}|\{\{.*?\}\}", " ", text)
    return [name for group in re.findall(r"""\s(?:class|id)=["']([^"']*)""", text) for name in group.split()]


def test_no_name_in_a_template_is_one_that_ad_blockers_hide():
    names = [(named(file), name) for file in TEMPLATES if "admin" not in file.parts for name in names_in(file)]
    assert len(names) > 100
    assert [one for one in names if BLOCKED.search(one[1])] == []
