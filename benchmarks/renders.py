"""What it takes to render pages: they take turns, so that a slow moment meets all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any, Final

RENDERS: Final = 200
WARM_UP: Final = 20


def queries(render: Callable[[], Any]) -> int:
    """Return how many queries a warm page asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    render()
    with CaptureQueriesContext(connection) as captured:
        render()
    return len(captured)


def times(renders: Mapping[str, Callable[[], Any]]) -> dict[str, float]:
    """Return the median of each in milliseconds of processor time."""
    spent: dict[str, list[int]] = {name: [] for name in renders}
    for turn in range(WARM_UP + RENDERS):
        for name, render in renders.items():
            before = time.process_time_ns()
            render()
            if turn >= WARM_UP:
                spent[name].append(time.process_time_ns() - before)
    return {name: median(taken) / 1e6 for name, taken in spent.items()}
