"""The threat model names tests that are there, and each test of this folder stands beside a threat."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "docs" / "threats.md"
ABOUT_ITSELF = {"test_threats.py"}

pytestmark = pytest.mark.skipif(not MODEL.exists(), reason="the checkout has the documentation")


def rows() -> list[list[str]]:
    """Return the ways in: what, what stops it, what does not, and the tests that show it."""
    table = MODEL.read_text(encoding="utf-8").partition("## The ways in")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def named(text: str) -> list[str]:
    return re.findall(r"`(tests/[\w/.]+)`", text)


def test_each_threat_says_what_stops_it_and_names_a_test_that_is_there():
    assert len(rows()) > 15
    for what, stops, _does_not, shown in rows():
        assert stops, what
        assert named(shown), what
        assert [path for path in named(shown) if not (ROOT / path).exists()] == [], what


def test_each_test_of_this_folder_is_named():
    here = {path.name for path in Path(__file__).parent.glob("test_*.py")} - ABOUT_ITSELF
    assert here - {Path(path).name for path in named(MODEL.read_text(encoding="utf-8"))} == set()
