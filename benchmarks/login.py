"""What sign-in buttons cost a page, beside django-allauth's own list of the same eight providers."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from benchmarks import Row, Skipped


def run() -> list[Row]:
    """Render both in a process of their own: another site has been set up in this one."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.site.buttons"],
        env={**os.environ, "DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Skipped(done.stderr.strip().splitlines()[-1])
    found = json.loads(done.stdout)
    ours, peer = found["ours"], found["peer"]
    return [
        Row(
            name="login: eight buttons, warm",
            value=ours["ms"],
            unit="ms of processor",
            peer=peer["ms"],
            ratio=ours["ms"] / peer["ms"],
            bar="≤ 1 ×",
            holds=ours["ms"] <= peer["ms"],
        ),
        Row(
            name="login: queries of a warm page",
            value=ours["queries"],
            unit="queries",
            peer=peer["queries"],
            bar="0",
            holds=ours["queries"] == 0,
        ),
    ]
