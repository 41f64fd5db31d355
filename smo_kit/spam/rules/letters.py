"""Letters: of a script that nobody here reads, in disguise, or all of them capitals."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from django.conf import settings

from smo_kit.core.sayings import gettext as _
from smo_kit.spam.conf import spam_settings
from smo_kit.spam.reading import read
from smo_kit.spam.submissions import Signal, Submission

_SCRIPTS: Final = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "ky", "mn", "sr", "tg"), "CYRILLIC"),
    **dict.fromkeys(("ar", "fa", "ur", "ckb"), "ARABIC"),
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    "el": "GREEK",
    "he": "HEBREW",
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
    "th": "THAI",
    "bn": "BENGALI",
    "ta": "TAMIL",
    "zh": "CJK",
    "ja": "CJK HIRAGANA KATAKANA",
    "ko": "HANGUL",
}
_ENOUGH: Final = 10
"""Letters from which on a text has a script."""


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str:
    """Return the first word of the letter's Unicode name: LATIN, CYRILLIC, CJK."""
    return unicodedata.name(letter, "").partition(" ")[0]


class Scripts:
    """A text in a script of none of the languages expected. Latin is expected everywhere."""

    def judge(self, submission: Submission) -> Signal | None:
        text = read(submission.text).text
        if text.isascii():
            return None
        letters = [script_of(letter) for letter in text[:500] if letter.isalpha()]
        if len(letters) < _ENOUGH:
            return None
        languages = spam_settings().languages or tuple(code for code, _name in settings.LANGUAGES)
        expected = {"LATIN"}
        for code in (*languages, submission.language):
            expected.update(_SCRIPTS.get(code.partition("-")[0], "LATIN").split())
        foreign = sum(script not in expected for script in letters) / len(letters)
        if foreign < 0.3:
            return None
        return Signal(2.0 * foreign, _("Most letters are of a script that is not expected here."))


class Disguises:
    """Letters in disguise: they say nothing to a reader that plain ones would not."""

    by_hand = True

    def judge(self, submission: Submission) -> Signal | None:
        seen = read(submission.text).folded
        score = 0.5 * min(seen.fancy, 7) + 1.2 * min(seen.mixed, 3) + 0.4 * min(seen.hidden, 3)
        score += 0.5 * min(seen.apart, 2)
        if score < 0.5:
            return None
        return Signal(
            score,
            _("Letters in disguise: %(number)s.") % {"number": seen.fancy + seen.mixed + seen.hidden + seen.apart},
        )


class Shouting:
    """A text of capitals."""

    by_hand = True

    def judge(self, submission: Submission) -> Signal | None:
        seen = read(submission.text)
        if seen.letters < 25 or seen.capitals < seen.letters * 0.7:
            return None
        return Signal(0.6, _("Most letters are capitals."))
