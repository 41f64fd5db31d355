"""What all rules want to know of a text, found once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Final

from smo_kit.spam.folding import Folded, fold

LONGEST: Final = 6000
"""Letters that are read: the first two thirds of them at the beginning, the rest at the end."""

_HREF: Final = re.compile(r"""(?i)<a\s[^<>]*?href\s*=\s*["']?([^"'\s>]+)[^<>]*>""")
_TAG: Final = re.compile(r"</?[a-zA-Z](?![a-zA-Z+.-]*://)[^<>]*>")
"""Of HTML; ``<https://…>`` is how Markdown writes a link."""
_MASK: Final = re.compile(r"\[(USER|NAME|CURRENCY|MONEY|URL|LINK|EMAIL|PHONE)[A-Z]{0,12}\]")
"""What those who publish sets of texts put in place of names and sums: each counts as what it stands for."""
_STANDS_FOR: Final = {
    "USER": " @someone ",
    "NAME": " @someone ",
    "CURRENCY": " 1 $ ",
    "MONEY": " 1 $ ",
    "URL": " https://example.org ",
    "LINK": " https://example.org ",
    "EMAIL": " someone@example.org ",
    "PHONE": " +1 555 000 00 00 ",
}
_BBCODE: Final = re.compile(r"(?i)\[(?:url|link)\b[^\]]*\]")
_LINK: Final = re.compile(
    r"(?i)(?:\bhttps?\\?:\\?/\\?/|\bwww\.|(?<![\w:/\\])\\?/\\?/(?=[\w-]+\.\w))[^\s<>\"'\])]+"  # \/ is / to Markdown
    r"|(?<![\w.@-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|net|org|info|biz|ru|su|ua|xyz"
    r"|top|shop|site|online|club|live|me|ly|io|co|tv|to|cc|in|id|uk|de|pl|link|click|vip|win|bet|pro|app)\b(?:/[^\s<>\"'\])]*)?"
)
_HANDLE: Final = re.compile(r"(?<![\w@.])@[a-zA-Z]\w{3,}")
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+")
_PHONE: Final = re.compile(r"(?<![\w.])\+?\d(?:[ ()\-.]{0,2}\d){8,13}(?!\w)")
_MONEY: Final = re.compile(
    r"(?i)[$€£₽₴₹]\s?\d|\d\s?[$€£₽₴₹%]|\d\s?(?:usd|usdt|руб|rub|грн|тыс|тысяч|к\b|k\b|rp\b|jt\b|juta|eur|гривен|рублей)"
)
WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the rules see it."""

    raw: str
    """Without markup."""
    folded: Folded
    words: tuple[str, ...]
    """In small plain letters; links aside."""
    links: tuple[str, ...]
    anchors: int
    """Links in markup (HTML, BBCode)."""
    handles: int
    emails: int
    phones: int
    money: int
    letters: int
    capitals: int
    """Among ``letters``."""

    @property
    def text(self) -> str:
        """The text in small plain letters."""
        return self.folded.text

    @property
    def can_sell(self) -> bool:
        """Whether there is what advertising needs: a link, a way to reach somebody, or a sum of money."""
        return bool(self.links or self.handles or self.emails or self.phones or self.money)


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """Read a text; the same text again costs nothing."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST * 2 // 3]} {text[-LONGEST // 3 :]}"
    hrefs = _HREF.findall(text) if "<" in text else []
    anchors = len(hrefs) + (len(_BBCODE.findall(text)) if "[" in text else 0)
    if "[" in text:
        text = _MASK.sub(lambda found: _STANDS_FOR[found[1]], text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = unescape(text)
    has_dot, has_at = "." in text, "@" in text
    links = tuple(dict.fromkeys([*hrefs, *(_LINK.findall(text) if has_dot else ())]))
    emails = len(_EMAIL.findall(text)) if has_at else 0
    folded = fold(text)
    bare = _LINK.sub(" ", folded.text) if links else folded.text
    digits = any(map(str.isdigit, text))
    return Reading(
        raw=text,
        folded=folded,
        words=tuple(WORD.findall(bare)),
        links=links,
        anchors=anchors,
        handles=len(_HANDLE.findall(text)) if has_at else 0,
        emails=emails,
        phones=len(_PHONE.findall(text)) if digits else 0,
        money=len(_MONEY.findall(text)) if digits else 0,
        letters=sum(map(str.isalpha, text)),
        capitals=sum(map(str.isupper, text)),
    )
