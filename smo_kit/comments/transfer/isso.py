"""Isso's database: an SQLite file with the tables ``threads`` and ``comments``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from smo_kit.comments.markup import tidy
from smo_kit.comments.states import State
from smo_kit.comments.transfer.foreign import BadFile, Foreign, moment, number

STATES: Final = {1: State.PUBLISHED, 2: State.HELD, 4: State.REMOVED}
"""By Isso's ``mode``."""
COLUMNS: Final = (
    *("id", "parent", "created", "mode", "remote_addr", "text", "author", "email", "website", "likes", "dislikes"),
)
QUERY: Final = (
    "SELECT threads.uri, threads.title, "  # noqa: S608  # of the names above
    f"{', '.join(f'comments.{name}' for name in COLUMNS)} "
    "FROM comments LEFT JOIN threads ON threads.id = comments.tid ORDER BY comments.id"
)


def read(file: Path) -> Iterator[Foreign]:
    """Yield the comments of a database, which is opened for reading alone. Raises BadFile, OSError."""
    file.open("rb").close()
    address = f"file:{quote(str(file.resolve()))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            for url, title, *values in connection.execute(QUERY):
                yield _comment(str(url or ""), str(title or ""), dict(zip(COLUMNS, values, strict=True)))
    except sqlite3.DatabaseError as error:
        raise BadFile(f"This is no database of Isso: {error}.") from error


def _comment(url: str, title: str, row: dict[str, Any]) -> Foreign:
    return Foreign(
        id=str(row["id"]),
        parent=str(row["parent"] or ""),
        url=url,
        title=title,
        name=str(row["author"] or ""),
        email=str(row["email"] or ""),
        website=str(row["website"] or ""),
        text=tidy(row["text"]),
        submitted=moment(row["created"]),
        state=STATES.get(row["mode"], State.HELD),
        ip=str(row["remote_addr"] or ""),
        likes=number(row["likes"]),
        dislikes=number(row["dislikes"]),
    )
