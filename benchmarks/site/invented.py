"""Pages of invented words in two languages: each is about one of many topics, and says so in its tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from smo_kit.best.similarity import Document

TOPICS: Final = 500
OF_TOPIC: Final = 200
COMMON: Final = 30_000
LENGTH: Final = 250
SYLLABLES: Final = {
    code: syllables.split()
    for code, syllables in {
        "en": "ba ce di fo gu har kel lin mor nas pet qui ros sol tan vid wex yor zed ble cra dro fli gre sta tre",
        "ru": "ба ве ги до жу зар кел лин мор нас пет рик сол тан фид хор цен чар шил яр бле кра дро фли гре ста",
    }.items()
}


def documents(many: int) -> Iterator[Document]:
    """Yield so many pages, the same in each run."""
    dice = np.random.default_rng(1)
    worlds = [_World(code, dice) for code in SYLLABLES]
    for number in range(many):
        yield worlds[number % 2].document(number)


class _World:
    """The words of one language: Zipf's law holds for all of them and for those of each topic."""

    def __init__(self, language: str, dice: np.random.Generator) -> None:
        self._language, self._dice = language, dice
        syllables = np.array(SYLLABLES[language])
        picked = syllables[dice.integers(len(syllables), size=(COMMON + TOPICS * OF_TOPIC, 4))]
        lengths = dice.integers(2, 5, size=len(picked))
        self._words = np.array(["".join(word[:n]) for word, n in zip(picked, lengths, strict=True)])
        self._common, self._own = _zipf(COMMON), _zipf(OF_TOPIC)

    def document(self, number: int) -> Document:
        topic = int(self._dice.integers(TOPICS))
        words = np.where(
            self._dice.random(LENGTH) < 0.3,
            COMMON + topic * OF_TOPIC + np.searchsorted(self._own, self._dice.random(LENGTH)),
            np.searchsorted(self._common, self._dice.random(LENGTH)),
        )
        text = self._words[words].tolist()
        tags = {f"{self._language}-{topic}", f"{self._language}-{topic // 10}-{int(self._dice.integers(10))}"}
        return Document(number, " ".join(text[:6]), " ".join(text), tuple(sorted(tags)), self._language)


def _zipf(many: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    shares = np.cumsum(1 / np.arange(1, many + 1))
    return shares / shares[-1]
