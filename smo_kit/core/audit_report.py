"""Counts what the rules of an audit say, in bounded memory, and reports it as JSON.

The report: ``score`` (0 to 100), ``pages`` (read), ``of`` (all that there are), ``skipped``, ``links`` (targets looked
at), ``complete`` (whether all was read), ``seconds``, ``language`` (of its texts), ``steps`` (id, label, weight,
score, ``rules``: id, label, weight, score, pages), ``site`` (findings), ``often`` (findings of many pages, with their
number, ``pages``) and ``worst`` (pages with what is wrong with them alone: path, title, language, score, steps,
findings). A finding: rule, severity, text, cure, where, url (in the admin, or ""); its texts are sayings if the rule
made them so: then the admin says them in its reader's language.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import Any, Final

from django.utils.translation import get_language

from smo_kit.core.audit import STEPS, Finding, ReadPage, Rule, mark_of
from smo_kit.core.cards import TITLE_LENGTH
from smo_kit.core.sayings import Saying
from smo_kit.core.text import clean, cut

Findings = list[tuple[Rule, list[Finding]]]
ORDER: Final = {"error": 0, "warning": 1, "info": 2}
OFTEN: Final = 3
"""What so many pages have in common is said once."""
REMEMBERED: Final = 5000
"""Different findings that one run counts."""
SHOWN: Final = 50
KEPT: Final = 200
"""Pages that are kept until it is known what is wrong with many."""
EPSILON: Final = 1e-9


class Tally:
    """The marks of each rule, the worst pages, what is wrong with the site."""

    def __init__(self, rules: Sequence[Rule], worst: int) -> None:
        self._rules = rules
        self._marks: dict[str, tuple[float, int]] = {}
        self._shown = worst
        self._most = max(worst, KEPT)
        self._worst: list[tuple[float, int, dict[str, Any]]] = []
        self._site: list[dict[str, str]] = []
        self._often: Counter[tuple[tuple[str, str], ...]] = Counter()
        self._order = count()
        self.pages = 0
        self.skipped = 0

    def add_page(self, page: ReadPage, found: Findings) -> None:
        """Count a page, and keep it if it is one of the worst."""
        self.pages += 1
        said = _findings(found)
        for one in said:
            line = tuple(one.items())
            if line in self._often or len(self._often) < REMEMBERED:
                self._often[line] += 1
        marks = {rule.id: (mark_of(findings), 1) for rule, findings in found}
        for id_, (mark, _one) in marks.items():
            total, pages = self._marks.get(id_, (0.0, 0))
            self._marks[id_] = (total + mark, pages + 1)
        steps = step_scores(self._rules, marks)
        whole = whole_score(steps)
        place = -next(self._order)  # of equally bad ones the first are kept
        if len(self._worst) < self._most or -whole > self._worst[0][0]:
            kept = (-whole, place, _page(page, said, steps, whole))
            (heapq.heappush if len(self._worst) < self._most else heapq.heapreplace)(self._worst, kept)

    def add_site(
        self, looks: Iterable[tuple[Rule, Any, Any]], ask: Callable[[Rule, Any, Any], list[Finding] | None]
    ) -> None:
        """Let the rules of the site look."""
        for rule, look, site in looks:
            findings = ask(rule, look, site)
            if findings is not None:
                self._marks[rule.id] = (mark_of(findings), 1)
                self._site += _findings([(rule, findings)])

    def report(self, *, of: int, seconds: float, links: int, is_complete: bool) -> dict[str, Any]:
        """Return the whole report."""
        steps = step_scores(self._rules, self._marks)
        often = [dict(line) | {"pages": pages} for line, pages in self._often.most_common() if pages >= OFTEN]
        known = {_words(one) for one in often}
        worst = [page for _score, _place, page in sorted(self._worst, key=lambda one: (-one[0], -one[1]))]
        for page in worst:
            page["findings"] = [one for one in page["findings"] if _words(one) not in known]
        return {
            "score": rounded(whole_score(steps)),
            "pages": self.pages,
            "of": of,
            "skipped": self.skipped,
            "links": links,
            "complete": is_complete,
            "seconds": round(seconds, 1),
            "language": get_language() or "",
            "steps": [self._step(step.id, steps) for step in STEPS if step.id in steps],
            "site": sorted(self._site, key=lambda one: ORDER[one["severity"]]),
            "often": sorted(often, key=lambda one: ORDER[str(one["severity"])])[:SHOWN],
            "worst": [page for page in worst if page["findings"]][: self._shown],
        }

    def _step(self, id_: str, scores: dict[str, float]) -> dict[str, Any]:
        step = next(one for one in STEPS if one.id == id_)
        rules = [
            {
                "id": rule.id,
                "label": str(rule.label),
                "weight": rule.weight,
                "score": rounded(self._marks[rule.id][0] / self._marks[rule.id][1]),
                "pages": self._marks[rule.id][1] if rule.page else 0,
            }
            for rule in self._rules
            if rule.step == id_ and rule.id in self._marks
        ]
        return {
            "id": id_,
            "label": str(step.label),
            "weight": step.weight,
            "score": rounded(scores[id_]),
            "rules": rules,
        }


def step_scores(rules: Sequence[Rule], marks: dict[str, tuple[float, int]]) -> dict[str, float]:
    """Return the score of each step, 0 to 1, from the sums and numbers of its rules' marks; without what has none."""
    found: dict[str, float] = {}
    for step in STEPS:
        counted = [(rule.weight, *marks[rule.id]) for rule in rules if rule.step == step.id and rule.id in marks]
        if weight := sum(one[0] for one in counted):
            found[step.id] = sum(own * total / pages for own, total, pages in counted) / weight
    return found


def whole_score(steps: dict[str, float]) -> float:
    """Return the score of a page or site, 0 to 1, from those of its steps; 1 when nothing applies."""
    weight = sum(step.weight for step in STEPS if step.id in steps)
    return sum(step.weight * steps[step.id] for step in STEPS if step.id in steps) / weight if weight else 1.0


def rounded(score: float) -> int:
    """Return a score of 100; 100 only when nothing at all is wrong."""
    return int(score * 100 + EPSILON)


def _words(finding: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(finding[name]) for name in ("rule", "text", "cure", "where", "url"))


def _page(page: ReadPage, said: list[dict[str, str]], steps: dict[str, float], whole: float) -> dict[str, Any]:
    return {
        "path": clean(page.path),
        "title": (page.row.title if page.row else "") or cut(clean(page.markup.title), TITLE_LENGTH),
        "language": clean(page.markup.language[:16]) or (page.row.language if page.row else ""),
        "score": rounded(whole),
        "steps": {id_: rounded(score) for id_, score in steps.items()},
        "findings": said,
    }


def _findings(found: Findings) -> list[dict[str, str]]:
    flat = [
        {
            "rule": rule.id,
            "severity": one.severity,
            "text": _cleaned(one.text),
            "cure": _cleaned(one.cure),
            "where": _cleaned(one.where.text),
            "url": one.where.url,
        }
        for rule, findings in found
        for one in findings
    ]
    return sorted(flat, key=lambda one: ORDER[one["severity"]])


def _cleaned(text: str) -> str:
    return text if isinstance(text, Saying) else clean(text)
