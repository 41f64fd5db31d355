"""Lighthouse, on its own idea of a phone."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from typing import Any, Final

from tests.checkers.node import checkers
from tests.require import CHROMIUM_FLAGS, require

TRIES: Final = 3
"""Now and then Chromium records no trace (NO_NAVSTART and its kin), and Lighthouse asks to be run again."""


def lighthouse(url: str, categories: Sequence[str]) -> dict[str, Any]:
    """Return Lighthouse's report on a page."""
    for _ in range(TRIES):
        run = _run(url, categories)
        if run.returncode == 0:
            return json.loads(run.stdout)
        if "run Lighthouse again" not in run.stderr:
            break
    raise AssertionError(run.stderr[-2000:])


def _run(url: str, categories: Sequence[str]) -> subprocess.CompletedProcess[str]:
    script = checkers() / "node_modules" / "lighthouse" / "cli" / "index.js"
    with tempfile.TemporaryDirectory(prefix="smo-kit-lighthouse-", ignore_cleanup_errors=True) as profile:
        flags = " ".join([*CHROMIUM_FLAGS, f"--user-data-dir={profile}"])
        return subprocess.run(
            [
                require("node"),
                str(script),
                url,
                "--quiet",
                "--output=json",
                f"--only-categories={','.join(categories)}",
                f"--chrome-flags={flags}",
            ],
            env={**os.environ, "CHROME_PATH": require("chromium")},
            capture_output=True,
            text=True,
            check=False,
        )


def scores(report: dict[str, Any]) -> dict[str, float]:
    """Return the score of each category, 0 to 1."""
    return {name: category["score"] or 0.0 for name, category in report["categories"].items()}


def lost(report: dict[str, Any]) -> list[str]:
    """Return the audits that cost points, with what they say."""
    audits = {one["id"] for category in report["categories"].values() for one in category["auditRefs"] if one["weight"]}
    found = [report["audits"][audit] for audit in sorted(audits)]
    return [
        f"{one['id']} {one.get('displayValue', '')}".strip()
        for one in found
        if (one["score"] or 0) < 0.9 and one["score"] is not None
    ]
