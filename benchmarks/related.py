"""Related pages among 100,000: built, asked, added, removed; beside django-taggit's similar objects of the same tags.

The pages are invented. ``BENCH_RELATED=one.jsonl.gz:two.jsonl.gz`` names files of real ones (a JSON object a line: id,
title, text; description, tags, and what is to be met: ``related``, ids that the authors link to, or ``topic``): then
how good the first five are is printed beside scikit-learn's TF-IDF and cosine over the same title and text.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks import Row
from smo_kit.best.similarity import Document, RelatedIndex

PAGES: Final = 100_000
FIRST: Final = 5
BUILD: Final = 90
"""Seconds of a processor."""
MEMORY: Final = 2048
RELATED: Final = 5
CHANGE: Final = 100
"""Milliseconds."""


class Truth(NamedTuple):
    """A page and what is to be met among the first five."""

    document: Document
    links: frozenset[Any]
    topic: str


def run() -> list[Row]:
    """Measure 100,000 invented pages, each library in a process of its own, and the files that are named."""
    files = [Path(one) for one in os.environ.get("BENCH_RELATED", "").split(":") if one]
    return [*_speed(), *(row for file in files for row in _quality(file))]


def _speed() -> Iterator[Row]:
    ours = _figures_of("benchmarks.site.related_pages")
    peer = _figures_of("benchmarks.site.tagged_pages") if find_spec("taggit") else None
    about = f"related: {PAGES:,} pages,"
    yield _promised(f"{about} build", ours["build"], BUILD, "s of processor", "250 words each, two languages")
    yield _promised(f"{about} memory", ours["memory"], MEMORY, "MB", "the whole process, pages added and removed")
    for measure in ("median", "p95"):
        theirs = peer[measure] * 1000 if peer else None
        yield _promised(
            f"{about} one asked, {measure}",
            ours["related"][measure] * 1000,
            RELATED,
            "ms",
            "peer: django-taggit, SQLite in memory" if peer else "django-taggit is not installed",
            theirs,
        )
    for act in ("add", "remove"):
        for measure in ("median", "worst"):
            note = "of 2,000, one after the other"
            yield _promised(f"{about} {act}, {measure}", ours[act][measure] * 1000, CHANGE, "ms", note)


def _promised(name: str, value: float, bar: float, unit: str, note: str, peer: float | None = None) -> Row:
    ratio = value / peer if peer else None
    return Row(
        name=name,
        value=value,
        unit=unit,
        peer=peer,
        ratio=ratio,
        bar=f"≤ {bar} {unit.partition(' ')[0]}",
        holds=value <= bar,
        note=note,
    )


def _figures_of(module: str) -> dict[str, Any]:
    command = [sys.executable, "-m", module, str(PAGES)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def _quality(file: Path) -> Iterator[Row]:
    truths = list(_read(file))
    index = RelatedIndex.build(truth.document for truth in truths)
    ours = [[id for id, _ in index.related(truth.document.id, FIRST)] for truth in truths]
    peer = _peer([truth.document for truth in truths]) if find_spec("sklearn") else None
    name = file.name.split(".")[0]
    for measure, figure in (("a link among the first 5", _hits), ("the topic's share of the first 5", _precision)):
        value, theirs = figure(truths, ours), figure(truths, peer) if peer else None
        if value is not None:
            ratio = value / theirs if theirs else None
            note = f"{len(truths)} pages; peer: TF-IDF and cosine"
            yield Row(name=f"related: {name}, {measure}", value=value, peer=theirs, ratio=ratio, note=note)


def _read(file: Path) -> Iterator[Truth]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = "\n".join(part for part in (row.get("description"), row.get("text")) if part)
            document = Document(row["id"], row.get("title") or "", text, tuple(row.get("tags") or ()))
            yield Truth(document, frozenset(row.get("related") or ()), row.get("topic") or "")


def _peer(documents: Sequence[Document]) -> list[list[Any]]:
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer().fit_transform([f"{document.title}\n{document.text}" for document in documents])
    found = []
    for row in range(len(documents)):
        scores = (vectors[row] @ vectors.T).toarray().ravel()
        scores[row] = -1
        found.append([documents[place].id for place in np.argsort(-scores, kind="stable")[:FIRST]])
    return found


def _hits(truths: Sequence[Truth], found: Sequence[Sequence[Any]]) -> float | None:
    hits = [not truth.links.isdisjoint(ids) for truth, ids in zip(truths, found, strict=True) if truth.links]
    return sum(hits) / len(hits) if hits else None


def _precision(truths: Sequence[Truth], found: Sequence[Sequence[Any]]) -> float | None:
    topics = {truth.document.id: truth.topic for truth in truths}
    shares = [
        sum(topics[id] == truth.topic for id in ids) / FIRST
        for truth, ids in zip(truths, found, strict=True)
        if truth.topic
    ]
    return sum(shares) / len(shares) if shares else None
