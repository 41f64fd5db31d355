"""What a post says: the site's text for a network, with hashtags, cut to what the network takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import regex

from smo_kit.core.cards import Card
from smo_kit.core.text import cut, graphemes
from smo_kit.networks.network import ShareLink
from smo_kit.share.conf import EVERY, FIELD

HASHTAGS: Final = 5
_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}_]+")
_LETTER: Final = regex.compile(r"\p{L}")


def templates_of(lines: Iterable[str]) -> dict[str, str]:
    """Return the text of each network from lines ``network: text``."""
    pairs = (line.partition(":") for line in lines)
    return {name.strip(): text.strip() for name, _, text in pairs}


def hashtags_of(card: Card) -> tuple[str, ...]:
    """Return the card's first tags as hashtags without #: ``link previews`` becomes ``LinkPreviews``."""
    joined = (_hashtag(_WORD.findall(tag)) for tag in card.tags)
    return tuple(dict.fromkeys(tag for tag in joined if _LETTER.search(tag)))[:HASHTAGS]


def _hashtag(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else "".join(word[:1].upper() + word[1:] for word in words)


def words_for(
    link: ShareLink, template: str, fields: Mapping[str, str], *, url: str, tags: Sequence[str], via: str
) -> dict[str, str]:
    """Return ``text``, ``tags`` and ``via`` of a post that keeps the network's limit; tags give way before the text."""
    if link.limit is None:
        return _words(link, _filled(template, fields), tags, via)
    used = _length_of_link(link, url) + (len(" via @") + len(via) if via and "via" in link.fields else 0)
    while tags and used + _length_of_tags(tags) > link.limit / 2:
        tags = tags[:-1]
    text = _fitting(template, fields, max(link.limit - used - _length_of_tags(tags), 0))
    return _words(link, text, tags, via)


def template_for(network_id: str, lines: Iterable[str]) -> str:
    """Return the text that the site wants in a network."""
    templates = templates_of(lines)
    return templates.get(network_id) or templates.get(EVERY) or "{title}"


def _words(link: ShareLink, text: str, tags: Sequence[str], via: str) -> dict[str, str]:
    if "tags" in link.fields:
        return {"text": text, "tags": ",".join(tags), "via": via}
    return {"text": " ".join(filter(None, (text, *(f"#{tag}" for tag in tags)))), "via": via}


def _length_of_link(link: ShareLink, url: str) -> int:
    """A link counts when it stands inside the text, or has a weight of its own; a space goes before it."""
    if link.link_weight is not None:
        return link.link_weight + 1
    return len(url) + 1 if link.counts_address else 0


def _length_of_tags(tags: Sequence[str]) -> int:
    return sum(len(graphemes(tag)) + len(" #") for tag in tags)


def _filled(template: str, fields: Mapping[str, str]) -> str:
    return " ".join(FIELD.sub(lambda match: fields.get(match[1], ""), template).split())


def _fitting(template: str, fields: Mapping[str, str], room: int) -> str:
    """Fill a template so that it fits: the summary is cut first, then the title, so that what follows them stays."""
    shorter = dict(fields)
    for name in ("summary", "title"):
        excess = len(graphemes(_filled(template, shorter))) - room
        if excess > 0 and f"{{{name}}}" in template:
            shorter[name] = cut(shorter[name], max(len(graphemes(shorter[name])) - excess, 1))
    return cut(_filled(template, shorter), room)
