"""Links: many of them, or hidden behind words, or nothing else. One link alone says little."""

from __future__ import annotations

import re
from typing import Final

from smo_kit.core.sayings import gettext as _
from smo_kit.spam.reading import WORD, read
from smo_kit.spam.submissions import Signal, Submission

_SHORTENER: Final = re.compile(
    r"(?i)(?:^|//|\.)(?:bit\.ly|goo\.gl|tinyurl\.com|cutt\.ly|is\.gd|clck\.ru|adf\.ly|ow\.ly)\b"
)
_ADDRESS: Final = re.compile(r"(?i)https?://|www\.|\.(?:com|net|org|ru|info|xyz|shop|site)\b")
FEW_WORDS: Final = 3


class Links:
    """Links in the text and the title."""

    by_hand = True

    def judge(self, submission: Submission) -> Signal | None:
        seen = read(f"{submission.title}\n{submission.text}" if submission.title else submission.text)
        if not seen.links:
            return None
        number = len(seen.links)
        score = 0.2 + 0.5 * min(number - 1, 5)
        score += 1.5 * min(seen.anchors, 2)
        score += 1.0 * any(_SHORTENER.search(link) for link in seen.links)
        score += 1.0 * (len(seen.words) < FEW_WORDS)
        return Signal(score, _("Links: %(number)s.") % {"number": number})


class OwnPage:
    """An author who is called after what he sells, or has an address for a name."""

    def judge(self, submission: Submission) -> Signal | None:
        if _ADDRESS.search(submission.name):
            return Signal(2.0, _("The author's name is an address."))
        if submission.url and len(WORD.findall(submission.name)) > 3:
            return Signal(1.0, _("The author's name is a phrase, with a link."))
        return None
