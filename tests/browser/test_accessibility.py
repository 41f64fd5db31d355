"""axe finds nothing against WCAG 2.0-2.2, A and AA; Lighthouse agrees."""

from __future__ import annotations

import pytest

from tests.browser.kinds import ALL, page_of
from tests.checkers.lighthouse import lighthouse, lost, scores
from tests.checkers.node import checkers

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
AXE = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"
CATEGORIES = ("accessibility", "best-practices", "seo")


@pytest.fixture(scope="module")
def axe() -> str:
    return (checkers() / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.node
@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("en", 360, "light"), ("en", 1280, "dark"), ("ru", 360, "dark"), ("ru", 1280, "light")],
)
@pytest.mark.parametrize("kind", ALL)
def test_axe_finds_nothing(open_page, demo, axe, kind, language, width, scheme):
    page = open_page(page_of(demo, kind, language), width=width, dark=scheme == "dark", bypass_csp=True)
    page.evaluate(axe)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = page.evaluate(AXE, RULES)["violations"]
    assert [(one["id"], one["nodes"][0]["target"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.node
@pytest.mark.parametrize(("kind", "language"), [("home", "en"), ("article", "en"), ("article", "ru")])
def test_lighthouse_gives_at_least_98(demo, kind, language):
    report = lighthouse(demo.url + page_of(demo, kind, language), CATEGORIES)
    assert min(scores(report).values()) >= 0.98, (scores(report), lost(report))
