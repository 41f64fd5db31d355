"""Figures of how the site does, for whoever watches it: each app says its own in its ``figures.py``.

They are asked of the database, so they are the same whichever process is asked, and outlive all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.utils import timezone

from smo_kit.core.discovery import load_modules

Values = Mapping[tuple[str, ...], float]
"""A number for the values of each figure's labels, in their order; of one without labels its key is ()."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted. ``name`` is that of Prometheus' metric, without ``smo_``; ``help`` says it in a sentence."""

    name: str
    help: str
    ask: Callable[[], Values]
    """Cheap: it is asked every few seconds, whatever the site has grown to."""
    labels: tuple[str, ...] = ()


_figures: Final[dict[str, Figure]] = {}


def register_figure(figure: Figure) -> None:
    """Have a figure told. A second one of its name takes its place."""
    _figures[figure.name] = figure


def all_figures() -> list[Figure]:
    """Return the figures of the installed apps, by name."""
    load_modules("figures")
    return [figure for _, figure in sorted(_figures.items())]


def number(rows: QuerySet[Any]) -> Values:
    """Return how many rows there are."""
    return {(): float(rows.count())}


def numbers_by(rows: QuerySet[Any], field: str) -> Values:
    """Return how many rows there are of each value of a field."""
    return {(str(value),): float(n) for value, n in rows.order_by().values_list(field).annotate(n=Count("*"))}


def oldest_due(rows: QuerySet[Any]) -> Values:
    """Return for how many seconds the row has been due that waits longest, by its field ``due``; 0 if none is."""
    now = timezone.now()
    moment = rows.filter(due__lte=now).order_by("due").values_list("due", flat=True).first()
    return {(): (now - moment).total_seconds() if moment else 0.0}
