"""Disqus' XML export: threads, which are pages, then posts that name them.

Schema: ``disqus.com/api/schemas/1.0/disqus.xsd``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element  # a type; defusedxml reads

from smo_kit.comments.states import State
from smo_kit.comments.transfer.foreign import Foreign, moment
from smo_kit.comments.transfer.texts import markdown_of
from smo_kit.comments.transfer.xml import attribute, child, elements, local, text_of


def read(file: Path) -> Iterator[Foreign]:
    """Yield the comments of an export. Raises BadFile, OSError."""
    pages: dict[str, tuple[str, str, str]] = {}
    for element in elements(file, "thread", "post"):
        id_ = attribute(element, "id")
        if local(element) == "thread":
            pages[id_] = (text_of(element, "link"), text_of(element, "id"), text_of(element, "title"))
        else:
            yield _comment(element, id_, pages)


def _comment(post: Element, id_: str, pages: dict[str, tuple[str, str, str]]) -> Foreign:
    url, identifier, title = pages.get(attribute(child(post, "thread"), "id"), ("", "", ""))
    author = child(post, "author")
    return Foreign(
        id=id_,
        parent=attribute(child(post, "parent"), "id"),
        url=url,
        identifier=identifier,
        title=title,
        name=text_of(author, "name") or text_of(author, "username"),
        email=text_of(author, "email"),
        website=text_of(author, "link"),
        text=markdown_of(text_of(post, "message")),
        submitted=moment(text_of(post, "createdAt")),
        state=_state(post),
        ip=text_of(post, "ipAddress"),
    )


def _state(post: Element) -> State:
    if text_of(post, "isSpam") == "true":
        return State.SPAM
    if text_of(post, "isDeleted") == "true":
        return State.REMOVED
    return State.HELD if text_of(post, "isApproved") == "false" else State.PUBLISHED
