"""How good the judgements are, on texts whose truth is known. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smo_kit.spam.features import features_of
from smo_kit.spam.memory import Filter, current_filter, told, told_by_moderators
from smo_kit.spam.pipeline import by_hand, verdict_on
from smo_kit.spam.site_layer import fit_home
from smo_kit.spam.submissions import Submission
from smo_kit.spam.training import Labelled


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1. At the border 0.5: accuracy, precision, recall, f1 of spam, and the ham that is blocked."""

    n: int
    accuracy: float
    precision: float
    recall: float
    f1: float
    ham_blocked: float
    published_spam: float
    """Spam that is published at once, of all spam."""
    held: float
    """Texts that wait for a person, of all."""
    blocked_ham: float
    """Ham that is put away as spam, of all ham."""
    learned: int = 0


class Evaluation:
    """An evaluation under way; after going through ``run()``, ``figures`` are there."""

    figures: Figures

    def __init__(self, rows: Sequence[Labelled], learn: int = 0) -> None:
        self.rows = rows[learn:]
        self.lessons = rows[:learn]

    def run(self) -> Iterator[int]:
        """Learn, judge; yields how many are judged."""
        learned = taught(self.lessons)
        judged = []
        for done, row in enumerate(self.rows, 1):
            verdict = verdict_on(Submission(text=row.text), learned, explains=False)
            judged.append((row.is_spam, verdict.score >= 0.5, verdict.action))
            yield done
        self.figures = _figures(judged, len(self.lessons))


def taught(lessons: Sequence[Labelled]) -> Filter:
    """Return the site's filter as it would be after so many more decisions."""
    learned = current_filter()
    if not lessons:
        return learned
    before = told_by_moderators(learned.trained)
    new = [
        told(features_of(one.text), by_hand(Submission(text=one.text)), one.is_spam, learned.trained) for one in lessons
    ]
    return Filter(learned.trained, fit_home([*before, *new]))


def _figures(judged: Sequence[tuple[bool, bool, str]], learned: int) -> Figures:
    spam = [(blocked, action) for is_spam, blocked, action in judged if is_spam]
    ham = [(blocked, action) for is_spam, blocked, action in judged if not is_spam]
    caught, wrong = sum(blocked for blocked, _ in spam), sum(blocked for blocked, _ in ham)
    precision, recall = _share(caught, caught + wrong), _share(caught, len(spam))
    return Figures(
        n=len(judged),
        accuracy=_share(caught + len(ham) - wrong, len(judged)),
        precision=precision,
        recall=recall,
        f1=_share(2 * caught, len(spam) + caught + wrong),
        ham_blocked=_share(wrong, len(ham)),
        published_spam=_share(sum(action == "publish" for _, action in spam), len(spam)),
        held=_share(sum(action == "hold" for _, _, action in judged), len(judged)),
        blocked_ham=_share(sum(action == "spam" for _, action in ham), len(ham)),
        learned=learned,
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
