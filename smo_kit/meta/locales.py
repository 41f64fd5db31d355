"""Codes of languages as others want them: ``pt-br`` is ``pt_BR`` in Open Graph and ``pt-BR`` in HTML."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# Where a language has its home, if that is not the country of the same two letters. Facebook's codes where it has some.
_HOMES: Final = {
    "af": "ZA", "as": "IN", "ast": "ES", "be": "BY", "bn": "IN", "br": "FR", "bs": "BA", "ca": "ES", "ckb": "IQ",
    "co": "FR", "cs": "CZ", "cy": "GB", "da": "DK", "dsb": "DE", "el": "GR", "en": "US", "et": "EE", "eu": "ES",
    "fa": "IR", "fil": "PH", "fy": "NL", "ga": "IE", "gd": "GB", "gl": "ES", "gu": "IN", "ha": "NG", "he": "IL",
    "hi": "IN", "hsb": "DE", "hy": "AM", "ia": "FR", "ig": "NG", "ja": "JP", "ka": "GE", "kab": "DZ", "kk": "KZ",
    "km": "KH", "kn": "IN", "ko": "KR", "ku": "TR", "ky": "KG", "lb": "LU", "lo": "LA", "mi": "NZ", "ml": "IN",
    "mr": "IN", "ms": "MY", "my": "MM", "nb": "NO", "ne": "NP", "nn": "NO", "no": "NO", "or": "IN", "os": "RU",
    "pa": "IN", "ps": "AF", "qu": "PE", "sa": "IN", "si": "LK", "sl": "SI", "sq": "AL", "sr": "RS", "sv": "SE",
    "sw": "KE", "ta": "IN", "te": "IN", "tg": "TJ", "tk": "TM", "tt": "RU", "udm": "RU", "ug": "CN", "uk": "UA",
    "ur": "PK", "vi": "VN", "yi": "DE", "yo": "NG", "zh": "CN", "zu": "ZA",
}  # fmt: skip
_SCRIPTS: Final = {"zh-hant": "zh_TW", "zh-hans": "zh_CN"}
_CODE: Final = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|419))?(?:-[a-z0-9-]+)?")


@cache
def og_locale(language: str) -> str:
    """Return ``ru_RU`` for ``ru``, ``zh_TW`` for ``zh-hant``; "" for what is no code or has no known home."""
    match = _CODE.fullmatch(language.lower().replace("_", "-"))
    if not match:
        return ""
    name, script, region = match.groups()
    if region:
        return f"{name}_{'LA' if region == '419' else region.upper()}"
    home = _HOMES.get(name, name.upper() if len(name) == 2 else "")
    return _SCRIPTS.get(f"{name}-{script}", f"{name}_{home}" if home else "")


@cache
def language_tag(language: str) -> str:
    """Return the code as HTML wants it (BCP 47): ``zh-Hant``, ``pt-BR``; "" for what is no code."""
    code = language.lower().replace("_", "-")
    if not _CODE.fullmatch(code):
        return ""
    name, *rest = code.split("-")
    return "-".join([name, *({2: str.upper, 4: str.title}.get(len(part), str)(part) for part in rest)])
