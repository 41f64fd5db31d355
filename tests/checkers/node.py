"""The checkers of the npm registry: installed once for each version of package.json, run as a child."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from tests.require import missing, require

HERE: Final = Path(__file__).parent
CACHE: Final = HERE.parents[1] / ".work"
QUIETLY: Final = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error")


def checkers() -> Path:
    """Return the folder in which the packages of package.json are installed."""
    require("node")
    package = (HERE / "package.json").read_bytes()
    room = CACHE / f"checkers-{hashlib.sha256(package).hexdigest()[:12]}"
    room.mkdir(parents=True, exist_ok=True)
    with (room / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several processes of one test run come here at once
        if not (room / "done").exists():
            _install(room)
    return room


def _install(room: Path) -> None:
    if not shutil.which("npm"):
        missing("node", "npm is not on this machine")
    shutil.copy(HERE / "package.json", room)
    run = subprocess.run(["npm", "install", *QUIETLY], cwd=room, capture_output=True, text=True, check=False)
    if run.returncode:
        missing("node", f"npm could not install the checkers: {run.stderr[-500:]}")
    (room / "done").touch()


def node(script: str, said: Any) -> Any:
    """Run a script of this folder with JSON at its input and return the JSON that it prints."""
    run = subprocess.run(
        [require("node"), str(HERE / script)],
        env={**os.environ, "CHECKERS": str(checkers())},
        input=json.dumps(said),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
