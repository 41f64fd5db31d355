"""Which language a page is written in, told by its letters, and by its small words where letters are shared."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from smo_kit.best.texts.documents import Document

SMALL_WORDS: Final[dict[str, frozenset[str]]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": """
            a about after all also an and any are as at be been but by can could did do does for from had has have
            he her his how i if in into is it its just more most my no not of on one only or other our out she so
            some such than that the their them then there these they this to up was we were what when which who will
            with would you your
        """,
        "ru": """
            а без более бы был была были было быть в вам вас во вот все всех вы где да для до его ее если есть еще
            же за здесь и из или им их к как когда которая которого которое которой которые который которых кто ли
            либо между меня мне можно мой мы на над нам нас не него нет ни них но ну о об он она они оно от очень по
            под после потом потому при про с сам свои свой себя со так также там те тем то того тоже той только том
            тот ту ты у уже чего чем через что чтобы эта эти это этого этой этом этот я
        """,
        "uk": """
            або але бути був була було в вже від він вона вони для до з за і із й його її їх інший коли ми на не ні
            о по про та також так те ти то тільки у це цей цього ці чи чому що щоб як якщо який які я
        """,
        "de": """
            aber als am an auch auf aus bei bin bis das dass dem den der des die doch du durch ein eine einem einen
            einer eines er es für hat ich ihr im in ist ja kann man mehr mit nach nicht noch nur oder sein sich sie
            sind so über um und uns vom von vor war was wenn werden wie wir wird zu zum zur
        """,
        "fr": """
            à au aux avec ce ces cette comme dans de des du elle en est et être eux il ils je la le les leur lui
            mais même ne nous on ou où par pas plus pour qu que qui sa sans se ses son sont sur un une vous
        """,
        "es": """
            al como con de del desde el ella en entre es esta este esto está fue ha hay la las le lo los más me mi
            muy no nos o para pero por porque que qué se ser si sin sobre son su sus también un una uno y ya yo
        """,
        "it": """
            a ai al alla anche che chi ci come con da dal dalla dei del della delle di e è ed gli ha ho i il in io
            la le lo ma mi nei nel nella non o per più quando questa questo sei si sono su sul tra un una uno
        """,
        "pt": """
            a ao aos as com como da das de do dos e é ela ele em entre era essa esse esta este eu foi há isso já
            mais mas na nas no nos não o os ou para pela pelo por que se sem ser seu sua são também um uma você
        """,
        "nl": """
            aan als bij dat de deze die dit door een en er had heb heeft het hij hoe ik in is je kan maar meer met
            mijn naar niet nog of om onder ook op over te tot uit van voor was wat we werd wij wordt ze zich zijn
        """,
        "pl": """
            a ale był być co czy dla do go i ich ja jak jako jego jest już ma mnie na nie o od po pod przez przy się
            są tak tego też to tylko tym w we z za ze że
        """,
        "tr": """
            ama bir bu çok da daha de değil diye en gibi her için ile ise ki kadar mi mı ne o olan olarak sonra şu
            ve veya ya
        """,
    }.items()
}
"""The words that say nothing of a page's subject: they betray its language instead."""

LOOKED_AT: Final = 4000
"""Characters of a title, text or tag that are enough to tell their language."""
TAGS: Final = 5
"""Tags that are."""
PROSE: Final = 0.15
"""From this share of the letters on, others than Latin ones are the prose, and Latin ones its code and names."""

FOREIGN_WORDS: Final = 3
"""From so many small words on, a page in Latin letters may be in another language than English."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_SCRIPTS: Final = (
    ("A", "Z", "latin"),
    ("a", "z", "latin"),
    ("\u00c0", "\u024f", "latin"),
    ("\u0370", "\u03ff", "el"),
    ("\u0400", "\u052f", "cyrillic"),
    ("\u0530", "\u058f", "hy"),
    ("\u0590", "\u05ff", "he"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0900", "\u097f", "hi"),
    ("\u0b80", "\u0bff", "ta"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u10a0", "\u10ff", "ka"),
    ("\u3040", "\u30ff", "ja"),
    ("\u4e00", "\u9fff", "zh"),
    ("\uac00", "\ud7af", "ko"),
)
"""First and last letter of what is written in one script; a script that one language has bears its code."""


def language_of(document: Document) -> str:
    """Return the first part of the language's code: "en" if only Latin letters are known, "und" without letters."""
    if document.language:
        return re.split("[-_]", document.language.lower(), maxsplit=1)[0][:8]
    tags = (tag[:LOOKED_AT] for tag in document.tags[:TAGS])
    return guessed(" ".join((document.title[:LOOKED_AT], document.text[:LOOKED_AT], *tags)))


def guessed(text: str) -> str:
    """Return the code of the language in which most of the text seems to be."""
    letters: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        if script := _script_of(letter):
            letters[script] += times
    latin, cyrillic = letters.pop("latin", 0), letters.pop("cyrillic", 0)
    others, enough = letters.total(), PROSE * (latin + cyrillic + letters.total())
    if others > cyrillic and others >= enough:
        return "ja" if letters["ja"] else letters.most_common(1)[0][0]
    if cyrillic and cyrillic >= enough:
        return _by_small_words(text, ("ru", "uk"), 1)
    return _by_small_words(text, _IN_LATIN, FOREIGN_WORDS) if latin else "und"


_IN_LATIN: Final = tuple(code for code in SMALL_WORDS if code not in {"ru", "uk"})


@lru_cache(maxsize=2048)
def _script_of(letter: str) -> str:
    return next((script for first, last, script in _SCRIPTS if first <= letter <= last), "")


def _by_small_words(text: str, codes: tuple[str, ...], enough: int) -> str:
    """Return the language whose small words are the most; the first one if there are not enough."""
    seen = Counter(_WORD.findall(text.lower().replace("ё", "е")))
    found = {code: sum(seen[word] for word in seen.keys() & SMALL_WORDS[code]) for code in codes}
    best = max(codes, key=lambda code: found[code])
    return best if found[best] >= enough else codes[0]
