"""Which language a page is written in, told by its letters, and by its small words where letters are shared."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from .documents import Document

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
"""Characters of the text that are enough to tell its language."""
CYRILLIC_SHARE: Final = 0.15
"""From this share of the letters on, a page is one of Cyrillic prose with code or names in Latin letters."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_LATIN: Final = re.compile("[a-zA-Z\u00c0-\u024f]")
_SCRIPTS: Final = {
    code: re.compile(f"[{letters}]")
    for code, letters in {
        "el": "\u0370-\u03ff",
        "hy": "\u0530-\u058f",
        "he": "\u0590-\u05ff",
        "ar": "\u0600-\u06ff",
        "hi": "\u0900-\u097f",
        "ta": "\u0b80-\u0bff",
        "th": "\u0e00-\u0e7f",
        "ka": "\u10a0-\u10ff",
        "ja": "\u3040-\u30ff",
        "ko": "\uac00-\ud7af",
        "zh": "\u4e00-\u9fff",
    }.items()
}


def language_of(document: Document) -> str:
    """Return the first part of the language's code: "en" if only Latin letters are known, "und" without letters."""
    if document.language:
        return re.split("[-_]", document.language.lower(), maxsplit=1)[0]
    return guessed(f"{document.title[:LOOKED_AT]} {document.text[:LOOKED_AT]} {' '.join(document.tags)[:LOOKED_AT]}")


def guessed(text: str) -> str:
    """Return the code of the language in which most of the text seems to be."""
    latin, cyrillic = len(_LATIN.findall(text)), len(_CYRILLIC.findall(text))
    others = {code: count for code, letters in _SCRIPTS.items() if (count := len(letters.findall(text)))}
    rarest = sum(others.values())
    if rarest > cyrillic and rarest >= CYRILLIC_SHARE * (latin + cyrillic + rarest):
        return "ja" if "ja" in others and "zh" in others else max(others, key=lambda code: others[code])
    if cyrillic and cyrillic >= CYRILLIC_SHARE * (latin + cyrillic):
        return _by_small_words(text, ("ru", "uk"))
    if latin:
        return _by_small_words(text, [code for code in SMALL_WORDS if code not in {"ru", "uk"}])
    return "und"


def _by_small_words(text: str, codes: list[str] | tuple[str, ...]) -> str:
    seen = Counter(_WORD.findall(text.lower().replace("ё", "е")))
    return max(codes, key=lambda code: sum(seen[word] for word in SMALL_WORDS[code] if word in seen))
