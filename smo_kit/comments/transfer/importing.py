"""Takes comments of other systems in: each once, at its page, in its thread, in the state that it had.

Nobody is told: no mail, no ``comment_published``. What was said years ago is no news.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any, Final

from smo_kit.comments.markup import is_blank
from smo_kit.comments.states import State
from smo_kit.comments.transfer.foreign import Foreign
from smo_kit.comments.transfer.matching import Pages
from smo_kit.comments.transfer.spool import Spool
from smo_kit.comments.transfer.storing import known_of, store

LONGEST: Final = 100_000
"""Letters of a comment."""
UNMATCHED: Final = "its page is not here"
AGAIN: Final = "its id was there before in the file"


@dataclass(slots=True)
class Report:
    """What became of a file: ``read`` is always ``imported`` + ``there`` + all that was ``left``."""

    total: int = 0
    """Comments that have a page here."""
    read: int = 0
    imported: int = 0
    there: int = 0
    """Already here from an earlier time."""
    stored: int = 0
    """Counted in the database afterwards: ``imported`` + ``there``."""
    left: Counter[str] = field(default_factory=Counter)
    """Not taken, by the reason."""
    states: Counter[str] = field(default_factory=Counter)
    """Of the imported."""
    pages: int = 0
    unmatched: Counter[str] = field(default_factory=Counter)
    """Comments by the page that is not here."""
    new_threads: int = 0
    """Replies to what is not in the file (or not on their page), which start a thread now."""

    @property
    def is_whole(self) -> bool:
        """Whether every comment is accounted for."""
        return self.read == self.imported + self.there + sum(self.left.values())


def take(
    comments: Iterable[Foreign],
    *,
    source: str,
    pages: Pages | None = None,
    is_dry: bool = False,
    keep_left: Callable[[str], object] | None = None,
) -> Iterator[Report]:
    """Import comments; yield how far it has come after each page. The whole file is read before anything is written.

    ``source`` names the system; ``keep_left`` gets a JSON line for each comment that is not taken. Each page is a
    transaction: what an interruption leaves is imported when the file is read again. Raises what ``comments`` raises.
    """
    report, pages = Report(), pages or Pages()
    skipped: dict[str, str] = {}
    with closing(Spool()) as spool:
        for one in comments:
            report.read += 1
            given = replace(one, source=one.source or source).cleaned()
            why = _why_not(given, pages, spool, report)
            if why:
                report.left[why] += 1
                skipped[given.id] = given.parent
                if keep_left is not None:
                    keep_left(json.dumps({**given.as_json(), "left": why}, ensure_ascii=False))
        report.total = len(spool)
        yield report
        for key, found in spool.pages():
            report.pages += 1
            known = known_of(key, found)
            new = [one for one in found if one.id not in known]
            report.there += len(known)
            if not is_dry:
                stored = store(key, found, known, skipped)
                report.stored += stored.there
                report.new_threads += stored.new_threads
            report.imported += len(new)
            report.states.update(str(one.state) for one in new)
            yield report


def _why_not(one: Foreign, pages: Pages, spool: Spool, report: Report) -> str:
    if one.refused or not one.id:
        return one.refused or "it has no id"
    if one.submitted is None:
        return "it has no date"
    if is_blank(one.text) and one.state is not State.REMOVED:
        return "it has no text"
    if len(one.text) > LONGEST:
        return f"it has more than {LONGEST} letters"
    page = pages.of(one)
    if page is None:
        report.unmatched[one.url or one.identifier] += 1
        return UNMATCHED
    return "" if spool.add(page, one) else AGAIN


def as_json(report: Report) -> dict[str, Any]:
    """Return a report as JSON, the pages with most comments first."""
    unmatched = [{"page": page, "comments": n} for page, n in report.unmatched.most_common()]
    same = ("read", "imported", "there", "stored", "pages", "new_threads")
    return {
        **{name: getattr(report, name) for name in same},
        "left": dict(report.left),
        "states": dict(report.states),
        "unmatched": unmatched,
        "is_whole": report.is_whole,
    }
