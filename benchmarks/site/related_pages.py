"""``python -m benchmarks.site.related_pages MANY``: our index of so many invented pages; prints its figures as JSON."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from benchmarks.site.invented import documents
from benchmarks.site.memory import most_megabytes
from smo_kit.best.similarity import Document, RelatedIndex

ASKED: Final = 1000
ADDED: Final = 2000


def main(many: int) -> None:
    """Build, ask, add, remove; times are of the processor, in seconds."""
    *new, _ = pages = list(documents(ADDED))
    invented = _Invented(documents(many))
    before = time.process_time()
    index = RelatedIndex.build(invented)
    found: dict[str, Any] = {"build": time.process_time() - before - invented.seconds}
    gc.freeze()  # as a process does that keeps a large index: see docs/apps/best.md
    step = max(1, many // ASKED)
    found["related"] = _times(lambda number: index.related(number, 5), range(0, many, step))
    changed = [Document(many + page.id, page.title, page.text, page.tags, page.language) for page in new]
    found["add"] = _times(index.add, changed)
    found["remove"] = _times(index.remove, [page.id for page in changed])
    found["words"] = sum(len(page.text.split()) for page in pages) / len(pages)
    found["memory"] = most_megabytes()
    print(json.dumps(found))


class _Invented:
    """Documents, and how long it took to invent them."""

    def __init__(self, source: Iterator[Document]) -> None:
        self.seconds = 0.0
        self._source = source

    def __iter__(self) -> Iterator[Document]:
        while True:
            before = time.process_time()
            document = next(self._source, None)
            self.seconds += time.process_time() - before
            if document is None:
                return
            yield document


def _times(act: Callable[[Any], object], given: Iterable[Any]) -> dict[str, float]:
    times = []
    for one in given:
        before = time.process_time()
        act(one)
        times.append(time.process_time() - before)
    times.sort()
    return {"median": times[len(times) // 2], "p95": times[len(times) * 95 // 100], "worst": times[-1]}


if __name__ == "__main__":
    main(int(sys.argv[1]))
