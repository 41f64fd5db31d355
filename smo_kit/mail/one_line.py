"""What may stand in a header."""

from __future__ import annotations

import unicodedata
from typing import Final

_BREAKING: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


def is_one_line(text: str) -> bool:
    """Say whether a text holds no line break, control character or lone surrogate."""
    return text.isprintable() or not any(unicodedata.category(letter) in _BREAKING for letter in text)
