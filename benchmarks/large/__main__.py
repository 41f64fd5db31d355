"""``python -m benchmarks.large``: measure a site at 1, 10 and 100 times its size, and fail where something grows.

PostgreSQL databases are filled (``demo_fill``) and measured. Ends with 1 where something costs more than was promised.
The environment makes it smaller: ``BENCH_LARGE=0.1`` measures 0.1 %, 1 % and 10 % of a large site; with
``BENCH_LARGE_KEEP=1`` the databases stay and are used again.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks import Skipped
from benchmarks.large.growth import Line, broken, markdown, table
from benchmarks.large.sites import filled
from benchmarks.machine import machine
from benchmarks.server import ADMIN

RESULTS: Final = Path(__file__).parents[1] / "large.json"
STEPS: Final = (0.01, 0.1, 1.0)


def main() -> int:
    """Fill, measure, print, write."""
    steps = [step * float(os.environ.get("BENCH_LARGE", "1")) for step in STEPS]
    found: list[list[dict[str, Any]]] = []
    try:
        with filled(steps) as sites:
            on = machine(ADMIN)
            for site in sites:
                print(f"Measuring {site.size:.2%} of a large site …", file=sys.stderr, flush=True)
                found.append(json.loads(site.run("-m", "benchmarks.large.measure")))
    except Skipped as reason:
        print(f"skipped: {reason}")
        return 0
    lines = Line.of(found)
    headings = [f"{step:.2%}" for step in steps]
    print("\n".join(f"{name}: {text}" for name, text in on.items()))
    print(table(lines, headings))
    RESULTS.write_text(json.dumps({"machine": on, "steps": steps, "figures": found}, indent=2) + "\n")
    RESULTS.with_suffix(".md").write_text(markdown(lines, headings, on), encoding="utf-8")
    bad = broken(lines)
    for line in bad:
        print(f"Not as promised: {line.name}: {line.fault}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
