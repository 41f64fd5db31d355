"""``python -m benchmarks.large``: measure a site at 1, 10 and 100 times its size, and fail where something grows.

One PostgreSQL database is filled (``demo_fill``), measured, filled further. Ends with 1 where something costs more than
it was promised to. The environment makes it smaller: ``BENCH_LARGE=0.1`` measures 0.1 %, 1 % and 10 % of a large site.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from benchmarks import Skipped
from benchmarks.large.growth import Line, broken, markdown, table
from benchmarks.machine import machine
from benchmarks.server import empty_database

HERE: Final = Path(__file__).parent
RESULTS: Final = HERE.parent / "large.json"
STEPS: Final = (0.01, 0.1, 1.0)


def main() -> int:
    """Fill, measure, print, write."""
    size = float(os.environ.get("BENCH_LARGE", "1"))
    steps = [step * size for step in STEPS if step * size >= float(os.environ.get("BENCH_LARGE_LEAST", "0"))]
    found: list[list[dict[str, Any]]] = []
    try:
        with empty_database() as url, tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "DATABASE_URL": url, "SMO_DEMO_HOME": home}
            environment["DJANGO_SETTINGS_MODULE"] = "demo_site.settings"
            for step in steps:
                print(f"{step:.2%} of a large site …", file=sys.stderr, flush=True)
                run("manage.py", "demo_fill", "--scale", str(step), environment=environment)
                found.append(json.loads(run("-m", "benchmarks.large.measure", environment=environment)))
    except Skipped as reason:
        print(f"skipped: {reason}")
        return 0
    lines = Line.of(found)
    headings = [f"{step:.2%}" for step in steps]
    print("\n".join(f"{name}: {text}" for name, text in machine(os.environ.get("BENCH_POSTGRES", "")).items()))
    print(table(lines, headings))
    RESULTS.write_text(json.dumps({"machine": machine(), "steps": steps, "figures": found}, indent=2) + "\n")
    RESULTS.with_suffix(".md").write_text(markdown(lines, headings, machine()), encoding="utf-8")
    bad = broken(lines)
    for line in bad:
        print(f"Not as promised: {line.name}: {line.fault}", file=sys.stderr)
    return 1 if bad else 0


def run(*arguments: str, environment: dict[str, str]) -> str:
    """Run Python in a process of its own, and return what it prints."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parents[1])
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
