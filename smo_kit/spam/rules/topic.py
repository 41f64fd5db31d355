"""How far a text is from what it stands under."""

from __future__ import annotations

from typing import Final

from smo_kit.core.sayings import gettext as _
from smo_kit.spam.reading import read
from smo_kit.spam.submissions import Signal, Submission

STEM: Final = 5
"""Letters that stand for a word: endings don't matter."""
_LONG: Final = 4
_ENOUGH: Final = 8


class OffTopic:
    """Words in common with the article speak for a text; a longer text that has none is a little suspicious."""

    def judge(self, submission: Submission) -> Signal | None:
        if not submission.topic:
            return None
        own = _stems(submission.text)
        if len(own) < _ENOUGH:
            return None
        common = len(own & _stems(submission.topic)) / len(own)
        if common == 0:
            return Signal(0.8, _("It has no word in common with the page."))
        if common >= 0.15:
            return Signal(-min(1.2, 3.0 * common), _("It is on the page's topic."))
        return None


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in read(text).words if len(word) >= _LONG)
