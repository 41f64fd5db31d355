"""A comment as a mail shows it: not too long, and quoted, so that nothing in it passes for the mail's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Final
from urllib.parse import urljoin

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from smo_kit.comments.models import Entry
from smo_kit.core.text import cut, one_line

LENGTH: Final = 1500
"""Letters of a comment that a mail shows; the rest is read on the site."""

_PART_OF_A_WORD: Final = re.compile(r"\s[^\s<>]{1,40}…(?=(?:</\w+>|\s)*$)")
_HREF: Final = re.compile(r'(?<= href=")[^"]*(?=")')


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a mail shows of a comment."""

    name: str
    text: str
    """Each line after "> ", as mails quote."""
    html: SafeString
    is_cut: bool


def excerpt_of(entry: Entry, page: str) -> Excerpt:
    """Return what a mail shows of a comment; ``page`` is the full address of its page, for links that name none."""
    whole = entry.comment.comment
    text = cut(whole, LENGTH)
    html = _cut_html(entry.html) if len(entry.html) > LENGTH else entry.html
    return Excerpt(
        name=one_line(entry.author_name),
        text="\n".join(f"> {line}".rstrip() for line in text.splitlines()),
        html=mark_safe(_with_full_links(html, page)),  # sanitised when it was written
        is_cut=text != whole or html != entry.html,
    )


def _cut_html(html: str) -> str:
    """Return the beginning of a comment; a word that is cut is left away."""
    short = Truncator(html).chars(LENGTH, html=True)
    return html if short == html else _PART_OF_A_WORD.sub("…", short)


def _with_full_links(html: str, page: str) -> str:
    return _HREF.sub(lambda found: escape(_joined(page, unescape(found[0]))), html)


def _joined(page: str, address: str) -> str:
    try:
        return urljoin(page, address)
    except ValueError:  # brackets of an IPv6 address that is none
        return page
