"""Words: those that the owner does not want, and phrases that advertising can't do without."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from smo_kit.core.sayings import gettext as _
from smo_kit.spam.conf import spam_settings
from smo_kit.spam.folding import fold
from smo_kit.spam.phrases import ALONE, PHRASES, STRONG
from smo_kit.spam.reading import read
from smo_kit.spam.submissions import Signal, Submission

ALIKE: Final = 5
"""Letters by which phrases are told from each other: “subscribe to me, subscribe” says one thing."""


@cache
def pattern_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of the phrases between word borders; ``*`` at the end stands for any ending.

    Without phrases it finds nothing.
    """
    parts = []
    for phrase in phrases:
        words = fold(phrase.strip()).text.rstrip("*").split()
        if words:
            parts.append(r"\W+".join(map(re.escape, words)) + (r"\w*" if phrase.strip().endswith("*") else ""))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)")


@cache
def any_phrase() -> re.Pattern[str]:
    """Return what finds any phrase of advertising: most texts have none, and are asked once."""
    return pattern_of(tuple(phrase for _weight, phrases in PHRASES for phrase in phrases))


class Muted:
    """Words that the owner has muted."""

    def judge(self, submission: Submission) -> Signal | None:
        words = spam_settings().muted_words
        if not words:
            return None
        found = pattern_of(words).search(read(f"{submission.name}\n{submission.title}\n{submission.text}").text)
        return Signal(1.0, _("Muted: “%(word)s”.") % {"word": found[0]}, hold=True) if found else None


class Phrases:
    """Phrases of advertising, in several languages; each kind counts once."""

    by_hand = True

    def judge(self, submission: Submission) -> Signal | None:
        seen = read(submission.text)
        if not any_phrase().search(seen.text):
            return None
        score, said = 0.0, dict[str, str]()
        for weight, phrases in PHRASES:
            if found := pattern_of(phrases).findall(seen.text):
                score += weight
                said |= {one[:ALIKE]: one for one in found}
        if len(said) == 1 and score < STRONG and not seen.can_sell:
            score = ALONE
        return Signal(score, _("“%(phrase)s” is a phrase of advertising.") % {"phrase": next(iter(said.values()))})
