"""How fast the demo's pages are on Lighthouse's idea of a phone, everything of the suite on them."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Final

import pytest

from benchmarks import Row, Skipped
from tests.browser.demo import Demo, running_demo
from tests.browser.kinds import page_of
from tests.checkers.lighthouse import lighthouse, lost, scores

PAGES: Final = (("article", "en"), ("home", "ru"))
RUNS: Final = 5
PROMISED: Final = 98


def run() -> list[Row]:
    """Measure pages of a demo that has just been set up: the median of five."""
    try:
        with tempfile.TemporaryDirectory(prefix="smo-kit-") as home, running_demo(Path(home) / "demo") as demo:
            return [_measured(demo, kind, language) for kind, language in PAGES]
    except pytest.skip.Exception as reason:
        raise Skipped(str(reason)) from None


def _measured(demo: Demo, kind: str, language: str) -> Row:
    url = demo.url + page_of(demo, kind, language)
    reports = [lighthouse(url, ["performance"]) for _ in range(RUNS)]
    points = [round(scores(report)["performance"] * 100) for report in reports]
    median = statistics.median(points)
    return Row(
        name=f"lighthouse: performance of the {kind} ({language})",
        value=median,
        unit="of 100",
        bar=f"≥ {PROMISED}",
        holds=median >= PROMISED,
        note="runs: "
        + ", ".join(map(str, points))
        + (f"; lost: {'; '.join(lost(reports[0]))}" if median < PROMISED else ""),
    )
