"""What is measured of a site that grows: nothing that runs again and again is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands
from django.urls import get_resolver

from benchmarks.large import commands, left_out, pages
from benchmarks.large.growth import Line
from benchmarks.large.target import FEW_ROWS, LINEAR, SAME, Target
from smo_kit.core.sweeps import all_sweeps

MEASURED = re.compile(r"""["'](smo_\w+:\w+)["']""")
BY_ACTS = {"smo_engagement:seen", "smo_lock:open", "smo_notify:follow"}
"""Views whose acts are measured without them."""


def views(resolver: Any, namespace: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from views(one, f"{one.namespace}:" if one.namespace else namespace)
        elif one.name and namespace.startswith("smo_"):
            yield f"{namespace}{one.name}"


def test_each_view_is_measured_or_it_is_said_why_not() -> None:
    measured = {*MEASURED.findall(Path(pages.__file__).read_text(encoding="utf-8")), *BY_ACTS}
    assert not measured & set(left_out.VIEWS)
    assert set(views(get_resolver())) == measured | set(left_out.VIEWS)


def test_each_command_is_measured_or_it_is_said_why_not() -> None:
    ours = {name for name, app in get_commands().items() if str(app).startswith("smo_kit.")}
    measured = {of for of, _, _ in commands.COMMANDS.values() if of.startswith("smo_")}
    assert not measured & set(left_out.COMMANDS)
    assert ours == measured | set(left_out.COMMANDS)


def test_only_sweeps_that_there_are_may_grow() -> None:
    assert set(commands.SWEEPS) <= set(all_sweeps())


@pytest.mark.parametrize(("why", "growth"), [("", SAME), ("it reads all", LINEAR)])
def test_what_may_grow_says_why(why: str, growth: float) -> None:
    assert Target("it", print, why=why).growth == growth


def figure(rows: int = 100, **more: Any) -> dict[str, Any]:
    same = {"name": "it", "wall": 0.01, "processor": 0.01, "queries": 5, "growth": SAME, "why": "", "error": ""}
    return {**same, "most": FEW_ROWS, "rows": rows, **more}


@pytest.mark.parametrize(
    ("last", "fault"),
    [
        ({}, ""),
        ({"rows": 49_000}, ""),
        ({"rows": 51_000}, "51000 rows read, 100 at first"),
        ({"rows": 51_000, "most": 60_000}, ""),
        ({"processor": 0.9}, "0.90 s of processor, 0.01 s at first"),
        ({"processor": 0.9, "growth": LINEAR, "why": "it reads all"}, ""),
        ({"queries": 30}, "30 queries, 5 at first"),
        ({"error": "RuntimeError: no"}, "RuntimeError: no"),
    ],
)
def test_more_than_was_promised_is_a_fault(last: dict[str, Any], fault: str) -> None:
    assert Line("it", (figure(), figure(**last))).fault == fault
