"""Comments for the magazine from a CSV file, through the suite's own importer."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from demo_site.articles.imports import key_of_document
from demo_site.articles.models import Article, Translation
from smo_kit.comments.markup import tidy
from smo_kit.comments.transfer.foreign import BadFile, Foreign, moment, opened
from smo_kit.core.text import one_line

SOURCE: Final = "demo"
APART: Final = dt.timedelta(milliseconds=1)
"""Comments without a date follow their article in the order of the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, by the names of its columns; a column that is not there is empty."""

    number: int
    text: str
    post: str
    parent: str = ""
    author: str = ""
    id: str = ""
    date: str = ""

    @property
    def key(self) -> str:
        """What tells it from the rows of other files."""
        return blake2b(repr((self.id or self.number, self.post, self.text)).encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Page:
    identifier: str
    published: dt.datetime
    language: str


def read(file: Path) -> Iterator[Foreign]:
    """Yield the comments of a file: columns ``text``, ``post``, and if they are there ``parent``, ``author``, ``id``,
    ``date``.

    ``post`` is the id of an article in its file, or its slug or title. ``parent`` is the id of a row, or its number
    where rows have no ids. Raises BadFile, OSError.
    """
    rows = list(rows_of(file))
    parents = parents_of(rows)
    pages: dict[str, _Page | None] = {}
    for row in rows:
        if row.post not in pages:
            pages[row.post] = _page(row.post)
        yield _foreign(row, pages[row.post], parents[row.number])


def rows_of(file: Path) -> Iterator[Row]:
    """Yield the lines of a file. Raises BadFile, OSError."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with opened(file) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
        reader = csv.reader(text)
        try:
            names = [name.strip().casefold() for name in next(reader, [])]
            if not {"text", "post"} <= set(names):
                raise BadFile("line 1: the columns text and post are needed; parent, author, id and date may be there.")
            for number, values in enumerate(filter(any, reader)):
                yield _row(number, dict(zip(names, values, strict=False)))
        except UnicodeDecodeError as error:
            raise BadFile(f"line {reader.line_num + 1} or after: it is not in UTF-8 ({error.reason}).") from error
        except csv.Error as error:
            raise BadFile(f"line {reader.line_num}: {error}.") from error


def parents_of(rows: list[Row]) -> dict[int, str]:
    """Return the key of what each row answers, by the row's number; "" for what answers nothing.

    Numbers of rows begin at 0 or at 1: at what makes more replies answer an earlier row of their own post.
    """
    if any(row.id for row in rows):
        by_id = {row.id: row.key for row in reversed(rows)}
        return {row.number: by_id.get(row.parent, row.parent) for row in rows}
    by_number = {row.number: row for row in rows}
    first = max((1, 0), key=lambda base: sum(_fits(row, by_number, base) for row in rows))
    return {row.number: _parent(row, by_number, first) for row in rows}


def _row(number: int, given: dict[str, str]) -> Row:
    return Row(
        number=number,
        text=tidy(given["text"]) if "text" in given else "",
        post=one_line(given.get("post")),
        parent=_whole(one_line(given.get("parent"))),
        author=one_line(given.get("author")),
        id=_whole(one_line(given.get("id"))),
        date=one_line(given.get("date")),
    )


def _whole(number: str) -> str:
    """Return ``7`` for the ``7.0`` of a table with gaps, and nothing for its ``nan``."""
    return "" if number.casefold() in {"nan", "none", "null"} else number.removesuffix(".0")


def _fits(row: Row, rows: dict[int, Row], base: int) -> bool:
    parent = rows.get(int(row.parent) - base) if row.parent.isdecimal() else None
    return parent is not None and parent.number < row.number and parent.post == row.post


def _parent(row: Row, rows: dict[int, Row], base: int) -> str:
    if not row.parent or (base == 1 and row.parent == "0"):
        return ""
    parent = rows.get(int(row.parent) - base) if row.parent.isdecimal() else None
    return parent.key if parent else row.parent


def _page(post: str) -> _Page | None:
    """Return the page of an article by its id in a file, its slug or its title."""
    if not post:
        return None
    article = Article.objects.filter(key__in=[key_of_document(post), post]).first()
    found = Translation.objects.select_related("article").order_by("pk")
    translation = (
        found.filter(article=article).first()
        if article
        else found.filter(slug=post[:120]).first() or found.filter(title=post[:200]).first()
    )
    if translation is None:
        return None
    return _Page(f"articles.article:{translation.article_id}", translation.article.published_at, translation.language)


def _foreign(row: Row, page: _Page | None, parent: str) -> Foreign:
    date = moment(row.date)
    if date is None and page is not None:
        date = page.published + APART * (row.number + 1)
    return Foreign(
        id=row.key,
        parent=parent,
        identifier=page.identifier if page else row.post,
        name=row.author,
        text=row.text,
        submitted=date or dt.datetime.fromtimestamp(0, dt.UTC),
        refused="" if row.post else "it names no post",
        more={"language": page.language} if page else {},
    )
