"""Real text for the magazine: articles from JSON lines, kept under their ids, so that reading them again is safe."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import slugify

from demo_site.articles.models import Article, Author, Tag, Tagging, Translation
from demo_site.articles.texts import paragraphs
from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import renew
from smo_kit.core.text import clean, cut, one_line

CHUNK: Final = 200
"""Articles written in one transaction: what an interruption costs at most."""
TITLE: Final = 150
COLUMN: Final = 200
"""Code points that the title's column holds: a letter may wear a tower of accents."""
SLUG: Final = 80
EDITORS: Final = {"slug": "editors", "name_en": "The editors", "name_ru": "Редакция"}
"""Who has written what nobody has signed: previews and search engines want a name."""
_GZIP: Final = b"\x1f\x8b"
_PLAIN_ID: Final = re.compile(r"[a-z0-9/._-]{1,75}")  # others could be equal for a database that ignores case
FIRST_SENTENCE: Final = re.compile(r".*?(?<![.!?…。])[.!?…。]++[\"»”')\]]*+(?=\s|$)")
_LATIN: Final = str.maketrans(
    dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            "a|b|v|g|d|e|e|zh|z|i|i|k|l|m|n|o|p|r|s|t|u|f|kh|ts|ch|sh|sch||y||e|iu|ia".split("|"),  # noqa: SIM905
            strict=True,
        )
    )
)


class BadLine(ValueError):
    """A line that is no article; the message says why."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as a file has it, cleaned."""

    id: str
    title: str
    text: str
    language: str
    tags: tuple[str, ...] = ()
    date: dt.datetime | None = None

    @property
    def key(self) -> str:
        """What keeps it apart from the magazine's own articles."""
        return key_of_document(self.id)

    @property
    def slug(self) -> str:
        """Readable, and never that of another document."""
        words = slugify(self.title.lower().translate(_LATIN))[:SLUG].strip("-")
        return "-".join(filter(None, (words, _hash(self.id)[:8])))


def key_of_document(id_: str) -> str:
    """Return the key of the article that has this id in a file."""
    return f"import:{id_ if _PLAIN_ID.fullmatch(id_) else _hash(id_)}"


@dataclass(slots=True)
class Report:
    """What became of a file."""

    read: int = 0
    created: int = 0
    updated: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)


def lines_of(file: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the bytes of each line that is not empty, of a gzip file too. Raises OSError, EOFError."""
    with file.open("rb") as raw:
        packed = raw.read(2) == _GZIP
    with gzip.open(file) if packed else file.open("rb") as opened:
        for number, line in enumerate(opened, 1):
            if line.strip():
                yield number, line


def load(lines: Iterable[tuple[int, bytes]], report: Report, language: str = "") -> Iterator[None]:
    """Write the articles of these lines; ``report`` says after each chunk how far it has come. Bad lines are left out.

    ``language`` is a code; "" guesses it for each article by its letters.
    """
    chunk: dict[str, Document] = {}
    for number, line in lines:
        report.read += 1
        try:
            document = document_of(line, language)
        except BadLine as error:
            report.bad.append((number, str(error)))
            continue
        chunk[document.key] = document
        if len(chunk) == CHUNK:
            _write(list(chunk.values()), report)
            chunk.clear()
            yield
    _write(list(chunk.values()), report)
    yield


def document_of(line: bytes, language: str = "") -> Document:
    """Return the article of a line. Raises BadLine."""
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadLine(f"is no JSON ({error})") from error
    if not isinstance(given, dict):
        raise BadLine('must be an object like {"id": "1", "text": "…"}')
    id_, text = one_line(_scalar(given, "id")), clean(_string(given, "text")).strip()
    title = one_line(_string(given, "title")) or first_sentence(text)
    if not id_ or not title:
        raise BadLine("has no text" if id_ else "has no id")
    return Document(
        id=id_,
        title=cut(title[:COLUMN], TITLE),
        text=text,
        language=language or language_of(title, text[:5000]),
        tags=_tags(given.get("tags")),
        date=_date(_string(given, "date")),
    )


def first_sentence(text: str) -> str:
    """Return what a text without a title is called."""
    first = next(paragraphs(text[: TITLE * 20]), "") or one_line(text[:TITLE])
    sentence = FIRST_SENTENCE.match(first)
    return sentence.group() if sentence else first


def language_of(*texts: str) -> str:
    """Guess by the letters: Russian where a title or a text is."""
    return "ru" if any(map(_is_russian, texts)) else settings.LANGUAGE_CODE


def _is_russian(text: str) -> bool:
    """Say whether a fifth of the letters is Cyrillic: code among Russian words is Latin."""
    cyrillic = len(re.findall("[а-яё]", text, re.IGNORECASE))
    latin = len(re.findall("[a-z]", text, re.IGNORECASE))
    return cyrillic * 4 > latin


def _scalar(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(given, name)


def _string(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise BadLine(f"{name} must be a string, not {value!r:.50}")
    return value or ""


def _tags(given: object) -> tuple[str, ...]:
    words = given.split(",") if isinstance(given, str) else given or []
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise BadLine(f"tags must be a list of strings, not {given!r:.50}")
    short = (cut(one_line(word), 60)[:60] for word in words)
    return tuple(dict.fromkeys(filter(None, short)))


def _date(text: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        moment = parse_datetime(text)
        day = None if moment else parse_date(text)
    except ValueError as error:
        raise BadLine(f"date {text!r:.50} is not on the calendar") from error
    if moment is None and day is None:
        raise BadLine(f"date {text!r:.50} is not like 2026-11-23 or 2026-11-23T09:00:00Z")
    moment = moment or dt.datetime.combine(day or dt.date.min, dt.time())
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _write(documents: list[Document], report: Report) -> None:
    if not documents:
        return
    with transaction.atomic():
        articles = _write_articles(documents, report)
        translations = _write_translations(documents, articles)
        _write_tags(documents, articles)
    registration = registration_of(Translation)
    if registration is not None:
        pks = [one.pk for one in translations]
        renew(registration, list(registration.public().filter(pk__in=pks)))


def _write_articles(documents: list[Document], report: Report) -> dict[str, Article]:
    known = {one.key: one for one in Article.objects.filter(key__in=[document.key for document in documents])}
    editors, _ = Author.objects.get_or_create(slug=EDITORS["slug"], defaults=EDITORS)
    new = {one.key: Article(key=one.key, author=editors) for one in documents if one.key not in known}
    found = {**known, **new}
    for document in documents:
        if document.date:
            found[document.key].published_at = document.date
    Article.objects.bulk_create(new.values())
    Article.objects.bulk_update(known.values(), ["published_at"])
    report.created += len(new)
    report.updated += len(known)
    return found


def _write_translations(documents: list[Document], articles: dict[str, Article]) -> list[Translation]:
    """Give each article its text. It has one; if the guess of its language has changed, it moves."""
    now = timezone.now()
    known = {one.article_id: one for one in Translation.objects.filter(article__in=articles.values())}
    rows = []
    for document in documents:
        article = articles[document.key]
        row = known.get(article.pk) or Translation(article=article)
        row.language, row.slug, row.title = document.language, document.slug, document.title
        row.body = document.text
        row.derive()
        row.modified_at = document.date or row.modified_at if row.pk else document.date or now
        rows.append(row)
    Translation.objects.bulk_create([row for row in rows if not row.pk])
    fields = ["language", "slug", "title", "body", "excerpt", "minutes", "modified_at"]
    Translation.objects.bulk_update([row for row in rows if row.pk], fields)
    return rows


def _write_tags(documents: list[Document], articles: dict[str, Article]) -> None:
    names = {slug: name for one in documents for name in one.tags if (slug := _tag_slug(name))}
    Tag.objects.bulk_create(
        [Tag(slug=slug, name_en=name, name_ru=name) for slug, name in names.items()], ignore_conflicts=True
    )
    tags = {one.slug: one for one in Tag.objects.filter(slug__in=names)}
    links = Tagging.objects
    links.filter(article__in=articles.values()).delete()
    links.bulk_create(
        [
            Tagging(article_id=articles[one.key].pk, tag_id=tags[slug].pk)
            for one in documents
            for slug in dict.fromkeys(filter(None, map(_tag_slug, one.tags)))
        ]
    )


def _tag_slug(name: str) -> str:
    return slugify(name.lower().translate(_LATIN))[:60] or _hash(name)[:12]
