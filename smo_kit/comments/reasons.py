"""Why a comment is where it is, in the language of whoever reads it. Reasons are kept as English sentences."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from django.utils.translation import get_language, gettext, trans_real

_PLACE: Final = re.compile(r"%\((\w+)\)[-+0-9.]*[a-z]")
LETTERS: Final = 5
"""A sentence with fewer letters of its own could be taken for any other."""


def spoken(reason: str) -> str:
    """Return a reason in the language that is active, as far as it is translated; else as it is kept.

    Rules put numbers and words into their sentences: such a one is found by what stands around them.
    """
    if not reason:
        return ""
    if (said := gettext(reason)) != reason:
        return said
    for pattern, sentence in _sentences(get_language() or ""):
        if found := pattern.fullmatch(reason):
            return _PLACE.sub(r"%(\1)s", gettext(sentence)) % found.groupdict()
    return reason


@cache
def _sentences(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Return translated sentences with places for words, each with a pattern; most letters of its own first."""
    if not language or language.startswith("en"):
        return []
    catalog = trans_real.translation(language)._catalog  # type: ignore[attr-defined]  # as JavaScriptCatalog reads it
    texts = (key for key in catalog.keys() if isinstance(key, str) and "%%" not in key)  # noqa: SIM118  # no mapping
    own = {text: sum(letter.isalpha() for letter in _PLACE.sub("", text)) for text in texts if _PLACE.search(text)}
    fitting = sorted((text for text, letters in own.items() if letters >= LETTERS), key=lambda text: (-own[text], text))
    return [(_pattern(text), text) for text in fitting]


def _pattern(sentence: str) -> re.Pattern[str]:
    parts, seen = [], set()
    end = 0
    for place in _PLACE.finditer(sentence):
        parts.append(re.escape(sentence[end : place.start()]))
        name = place[1]
        parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
        seen.add(name)
        end = place.end()
    return re.compile("".join(parts) + re.escape(sentence[end:]), re.DOTALL)
