"""Figures in the words of Prometheus, where ``prometheus_client`` is installed (the extra ``metrics``).

What the database knows is asked of it (``core.figures``). What only passes by is counted in the process: events that
are logged, and refusals. With several processes set ``PROMETHEUS_MULTIPROC_DIR`` to a folder that is emptied at each
start: their counts are told together then, whichever answers.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from django.db import DatabaseError

from smo_kit.core.events import event, event_logger, on_event
from smo_kit.core.figures import all_figures
from smo_kit.core.refusals import Reason, on_refusal

try:
    import prometheus_client
    from prometheus_client.core import GaugeMetricFamily
    from prometheus_client.multiprocess import MultiProcessCollector
except ImportError:  # without smo-kit[metrics]
    prometheus_client = None

logger = event_logger(__name__)

PREFIX: Final = "smo_"
HAS_CLIENT: Final = prometheus_client is not None


def rendered() -> tuple[bytes, str]:
    """Return all figures as text, and its content type. Needs ``HAS_CLIENT``."""
    registry = prometheus_client.CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(prometheus_client.REGISTRY)
    registry.register(_OfDatabase())
    return prometheus_client.generate_latest(registry), prometheus_client.CONTENT_TYPE_LATEST


class _OfDatabase:
    """Asks every app for its figures when it is asked; one that fails is left out."""

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterator[Any]:
        for figure in all_figures():
            try:
                values = figure.ask()
            except DatabaseError:
                logger.exception("The figure %s can't be told.", figure.name, extra=event("core.figure_failed"))
                continue
            gauge = GaugeMetricFamily(PREFIX + figure.name, figure.help, labels=figure.labels)
            for labels, value in values.items():
                gauge.add_metric(labels, value)
            yield gauge


def count_from_now() -> None:
    """Count events and refusals in this process. Nothing happens without the client."""
    if not HAS_CLIENT:
        return
    events = prometheus_client.Counter("smo_events", "Events that were logged, by name.", ["event", "level"])
    refusals = prometheus_client.Counter(
        "smo_refusals", "Acts that were refused, by reason, status and field.", ["reason", "status", "field"]
    )

    def hear_event(record: logging.LogRecord) -> None:
        events.labels(getattr(record, "event", ""), record.levelname).inc()

    def hear_refusal(reason: Reason, status: HTTPStatus, field: str) -> None:
        refusals.labels(reason.value, str(int(status)), field).inc()

    on_event(hear_event)
    on_refusal(hear_refusal)


count_from_now()
