"""Remark42's backup: JSON lines, the first about the file itself, each other one a comment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from smo_kit.comments.markup import tidy, to_html
from smo_kit.comments.states import State
from smo_kit.comments.transfer.foreign import BadFile, Foreign, moment
from smo_kit.comments.transfer.lines import objects
from smo_kit.comments.transfer.origins import origins_in, origins_of
from smo_kit.comments.transfer.texts import markdown_of


def read(file: Path) -> Iterator[Foreign]:
    """Yield the comments of a backup. Raises BadFile, OSError."""
    for number, given in objects(file):
        if "id" in given:
            yield _comment(number, given)
        elif "version" not in given:
            raise BadFile(f"line {number}: neither a comment of Remark42 nor the head of its backup.")


def write(comments: Iterable[Foreign], file: IO[bytes], *, site: str = "remark") -> int:
    """Write comments that are or were published, and return how many: Remark42 has no others."""
    file.write(_line({"version": 1, "users": [], "posts": []}))
    n = 0
    for one in comments:
        if one.state in {State.PUBLISHED, State.REMOVED}:
            file.write(_line(_given(one, site)))
            n += 1
    return n


def _comment(number: int, given: dict[str, Any]) -> Foreign:
    user, locator, votes, ours = (_object(number, given, name) for name in ("user", "locator", "votes", "smo"))
    origins = ours.get("origins")
    source, html = _text(given, "orig"), _text(given, "text")
    return Foreign(
        id=_text(given, "id"),
        parent=_text(given, "pid"),
        url=_text(locator, "url"),
        title=_text(given, "title"),
        name=_text(user, "name"),
        text=tidy(source) or markdown_of(html),
        submitted=moment(given.get("time")),
        state=State.REMOVED if given.get("delete") is True else State.PUBLISHED,
        likes=sum(value is True for value in votes.values()),
        dislikes=sum(value is False for value in votes.values()),
        own=_text(ours, "id"),
        more=origins_in(origins if isinstance(origins, list) else []),
    )


def _object(number: int, given: dict[str, Any], name: str) -> dict[str, Any]:
    found = given.get(name) or {}
    if not isinstance(found, dict):
        raise BadFile(f"line {number}: {name} must be an object.")
    return found


def _text(given: dict[str, Any], name: str) -> str:
    return str(given.get(name) or "")


def _given(one: Foreign, site: str) -> dict[str, Any]:
    likes = {f"like-{n}": True for n in range(one.likes)}
    dislikes = {f"dislike-{n}": False for n in range(one.dislikes)}
    return {
        "id": one.id,
        "pid": one.parent,
        "text": to_html(one.text),
        "orig": one.text,
        "user": {"name": one.name, "id": f"smo_{one.name}", "picture": "", "ip": "", "admin": False},
        "locator": {"site": site, "url": one.url},
        "score": one.likes - one.dislikes,
        "votes": likes | dislikes,
        "vote": 0,
        "time": one.submitted.isoformat() if one.submitted else "",
        "title": one.title,
        "smo": {"id": one.id, "origins": origins_of(one)},  # Remark42 passes over what it doesn't know
        **({"delete": True} if one.state is State.REMOVED else {}),
    }


def _line(given: dict[str, Any]) -> bytes:
    return json.dumps(given, ensure_ascii=False).encode() + b"\n"
