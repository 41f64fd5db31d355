"""Sites of other shapes live in a process of their own: Django takes one set of settings in each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def start(module: str, *options: str, **wish: Any) -> subprocess.CompletedProcess[str]:
    """Run a module of this package with a wish, and return what became of it; ``options`` are the interpreter's."""
    return subprocess.run(
        [sys.executable, *options, "-m", f"tests.projects.{module}", json.dumps(wish)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def lived(module: str, *options: str, **wish: Any) -> dict[str, Any]:
    """Do the same, and return what it has seen: JSON, in the last line that it prints."""
    run = start(module, *options, **wish)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])
