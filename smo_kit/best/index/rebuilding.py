"""The whole index made anew, in chunks: whoever is interrupted loses one of them, and the next run goes on from there.

Readers are served from the old rows meanwhile. What changes meanwhile stays due, and is read at the end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError
from django.utils import timezone

from smo_kit.best.index import phases
from smo_kit.best.index.frequencies import texts_counted
from smo_kit.best.models import Rebuild
from smo_kit.core.transactions import patiently

PHASES: Final[dict[str, Callable[[], phases.Phase]]] = {
    "read": phases.Reading,
    "count": phases.Counting,
    "weigh": phases.Weighing,
    "neighbours": phases.Finding,
    "rank": phases.Ranking,
    "late": phases.Late,
}
ALONE: Final = ("read", "count", "weigh", "neighbours")
"""Phases during which nobody else writes the index."""
DEAD: Final = dt.timedelta(minutes=1)
"""A rebuild that has said nothing for so long is taken for dead."""
ROW: Final = 1


class Busy(Exception):
    """Another rebuild is under way, or has taken this one over."""


@dataclass(slots=True)
class Progress:
    """How far a rebuild has come."""

    phase: str
    done: int = 0
    total: int = 0
    resumed: bool = False
    failed: int = 0
    """Cards whose function raises: the log has the tracebacks."""


def is_rebuilding() -> bool:
    """Say whether a rebuild is at work that wants to be alone."""
    since = timezone.now() - DEAD
    return Rebuild.objects.filter(pk=ROW, phase__in=ALONE, finished=None, touched__gte=since).exists()


def was_interrupted() -> bool:
    """Say whether a rebuild was left in the middle."""
    return Rebuild.objects.filter(pk=ROW, finished=None, touched__lt=timezone.now() - DEAD).exists()


def texts_weighed() -> int:
    """Return how many texts the last rebuild has weighed."""
    return Rebuild.objects.filter(pk=ROW).values_list("weighed", flat=True).first() or 0


def rebuild(*, fresh: bool = False, start: str = "read") -> Iterator[Progress]:
    """Make the index anew from the phase ``start`` on, or go on with a rebuild that was interrupted, unless ``fresh``.

    Yields the progress after each chunk. Raises Busy.
    """
    run = _Run(fresh, start)
    try:
        yield run.progress
        names = list(PHASES)
        for name in names[names.index(run.progress.phase) :]:
            yield from run.through(name, PHASES[name]())
    except BaseException:
        run.leave()
        raise
    run.finish()
    yield run.progress


class _Run:
    def __init__(self, fresh: bool, start: str) -> None:
        patiently(lambda: Rebuild.objects.get_or_create(pk=ROW, defaults={"phase": "", "finished": timezone.now()}))
        row = Rebuild.objects.get(pk=ROW)
        self._touched = row.touched
        goes_on = row.finished is None and row.phase in PHASES
        if goes_on and row.touched >= timezone.now() - DEAD:
            raise Busy("Another rebuild is under way.")
        if goes_on:
            start = min(start, row.start, key=list(PHASES).index)
        resumed = goes_on and not fresh and start == row.start
        self._after = row.after if resumed else 0
        self.progress = Progress(row.phase if resumed else start, row.done if resumed else 0, row.total, resumed)
        if not resumed:
            Rebuild.objects.filter(pk=ROW, touched=self._touched).update(
                start=start, began=timezone.now(), finished=None
            )
        self._keep(lambda: None)

    def through(self, name: str, phase: phases.Phase) -> Iterator[Progress]:
        """Do a phase, from where it was left."""
        if name != self.progress.phase or phase.starts_over:
            self._after = self.progress.done = 0
        self.progress.phase, self.progress.total = name, phase.total()
        self._keep(lambda: None)
        for step in phase.steps(self._after):
            self._after = step.after
            self.progress.done += step.done
            self.progress.failed += step.failed
            self._keep(step.write)
            yield self.progress

    def leave(self) -> None:
        """Let the next run go on at once."""
        with suppress(DatabaseError):
            Rebuild.objects.filter(pk=ROW, touched=self._touched, finished=None).update(
                touched=timezone.now() - 2 * DEAD
            )

    def finish(self) -> None:
        """Note that all is done."""
        now = timezone.now()
        Rebuild.objects.filter(pk=ROW, touched=self._touched).update(finished=now, touched=now, weighed=texts_counted())

    def _keep(self, write: Callable[[], None]) -> None:
        """Write a chunk, and how far that is, together; unless another run has taken this one's place."""
        now = timezone.now()

        def both() -> None:
            progress = self.progress
            values = {"phase": progress.phase, "done": progress.done, "total": progress.total, "after": self._after}
            mine = Rebuild.objects.filter(pk=ROW, touched=self._touched, finished=None)
            if not mine.update(touched=now, **values):
                raise Busy("Another rebuild has taken this one over.")
            write()

        patiently(both)
        self._touched = now


def run(start: str = "read") -> Progress | None:
    """Rebuild without a word; None if another does it already."""
    progress = None
    try:
        for progress in rebuild(start=start):  # noqa: B007  # the last is what is returned
            pass
    except Busy:
        return None
    return progress
