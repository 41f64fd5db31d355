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


@pytest.mark.parametrize("file", TEMPLATES, ids=named)
@pytest.mark.parametrize("what", UNSAFE)
def test_a_template_has_nothing_unsafe(file, what):
    found = re.findall(UNSAFE[what], without_comments(file.read_text(encoding="utf-8")), re.IGNORECASE)
    assert found == (["<style"] if what == "a style element" and named(file) in MAILS else [])


@pytest.mark.parametrize("file", STATIC, ids=named)
def test_scripts_and_styles_ask_nobody_else(file):
    text = without_comments(file.read_text(encoding="utf-8"))
    assert re.findall(r"""(?:url\(|import\(?|from|fetch\()\s*["']?(?:https?:)?//[^"')\s]*""", text) == []


@pytest.mark.parametrize("file", STATIC, ids=named)
def test_scripts_never_run_text(file):
    assert (
        re.findall(r"\beval\(|new Function\(|insertAdjacentHTML|\.innerHTML\s*=|document\.write", file.read_text())
        == []
    )


@pytest.mark.parametrize("file", [file for file in TEMPLATES if "admin" not in file.parts], ids=named)
def test_no_name_in_a_template_is_one_that_ad_blockers_hide(file):
    text = without_comments(file.read_text(encoding="utf-8"))
    text = re.sub(r"(?s)\{%.*?%\}|\{\{.*?\}\}", " ", text)
    names = [name for group in re.findall(r"""\s(?:class|id)=["']([^"']*)""", text) for name in group.split()]
    assert [name for name in names if BLOCKED.search(name)] == []
