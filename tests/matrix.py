"""Runs the unit tests of the built wheel on several Pythons, Djangos and databases, away from the checkout.

    python3 tests/matrix.py [--python 3.12] [--database mariadb] [--room DIR] [PYTEST'S ARGUMENTS…]

Without a choice it runs every cell. It prints what became of each, and ends with 1 where a test failed or nothing ran.
What a machine lacks is named as not run. ``--which 3.11`` prints the path of a Python. It needs no package.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

ROOT: Final = Path(__file__).resolve().parent.parent
DJANGOS: Final = {"3.11": "5.2", "3.12": "6.0", "3.13": "6.1"}
"""Which Django is tried on which Python."""
DATABASES: Final = ("sqlite", "postgresql", "mariadb")
UNIT: Final = ("tests/apps", "tests/networks", "tests/test_migrations.py")
ALONE: Final = "tests/projects"
"""Sites of several shapes, such as a CMS with versions and without, each in a process and on a SQLite of its own: they
are tried once for each Python."""
SIDE_BY_SIDE: Final = ("-n", "2", "--dist", "worksteal")
"""In halves, so that what a module sets up for its tests is set up by one process, seldom by both."""
NOTHING_COLLECTED: Final = 5


@dataclass(frozen=True)
class Cell:
    """One run: a Python with its Django, and a database."""

    python: str
    database: str

    @property
    def django(self) -> str:
        return DJANGOS[self.python]

    @property
    def paths(self) -> tuple[str, ...]:
        """What it runs unless somebody says otherwise."""
        return (*UNIT, ALONE) if self.database == "sqlite" else UNIT

    def __str__(self) -> str:
        return f"Python {self.python}, Django {self.django}, {self.database}"


@dataclass(frozen=True)
class Outcome:
    """What became of a cell; ``missing`` says why it did not run."""

    cell: Cell
    passed: int = 0
    skipped: int = 0
    failed: int = 0
    seconds: float = 0
    missing: str = ""

    @property
    def line(self) -> str:
        cell = self.cell
        head = f"{cell.python:<8}{cell.django:<8}{cell.database:<12}"
        if self.missing:
            return f"{head}NOT RUN: {self.missing}"
        return f"{head}{self.passed:>7}{self.skipped:>9}{self.failed:>8}{self.seconds:>8.0f}"


HEADING: Final = "Python  Django  database     passed  skipped  failed       s"


def cells(pythons: Sequence[str] = (), databases: Sequence[str] = ()) -> list[Cell]:
    """Return the cells of a choice; of every Python and database where nothing is chosen."""
    return [Cell(python, database) for python in pythons or DJANGOS for database in databases or DATABASES]


def python_of(version: str) -> str:
    """Return a Python of this version that runs and can make virtual environments, or ""."""
    pyenv = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
    question = f"import ensurepip, sys; sys.exit('%d.%d' % sys.version_info[:2] != '{version}')"
    for one in (shutil.which(f"python{version}"), *map(str, pyenv), f"/usr/local/bin/python{version}"):
        if one and Path(one).exists() and succeeds(one, "-c", question):
            return one
    return ""


def succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def lacks(cell: Cell) -> str:
    """Return what the machine lacks for a cell, or ""."""
    if not python_of(cell.python):
        return f"there is no Python {cell.python}"
    server = {"postgresql": ["pg_isready", "-q"], "mariadb": ["mariadb-admin", "ping", "--silent"]}.get(cell.database)
    if server and not (shutil.which(server[0]) and succeeds(*server)):
        return f"no {cell.database} answers"
    return ""


@contextmanager
def database_of(kind: str) -> Iterator[str]:
    """Make a database for this run alone; yield its DATABASE_URL."""
    name = f"smo_matrix_{uuid4().hex[:12]}"
    if kind == "postgresql":
        made, dropped = ["createdb", name], ["dropdb", "--if-exists", name]
        url = f"postgres://%2Fvar%2Frun%2Fpostgresql/{name}"
    elif kind == "mariadb":
        made = ["mariadb", "-e", f"CREATE DATABASE {name} CHARACTER SET utf8mb4"]
        dropped = ["mariadb", "-e", f"DROP DATABASE IF EXISTS {name}"]
        url = f"mysql://root@localhost/{name}"
    else:
        yield "sqlite://:memory:"
        return
    subprocess.run(made, check=True)
    try:
        yield url
    finally:
        subprocess.run(dropped, check=False)


def wheel_in(room: Path) -> Path:
    """Build the wheel of the checkout as it is now."""
    out = room / "dist"
    shutil.rmtree(out, ignore_errors=True)
    maker = room / "maker"
    if not (maker / "bin" / "pip").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(maker)], check=True)
    pip(maker, "wheel", "--no-deps", "--wheel-dir", str(out), str(ROOT))
    return next(out.glob("*.whl"))


def pip(venv: Path, *arguments: str) -> None:
    command = [str(venv / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, cwd=ROOT)


def environment_of(cell: Cell, room: Path, wheel: Path) -> Path:
    """Make or renew the virtual environment of a Python, with exactly this wheel; return its folder."""
    venv = room / f"python{cell.python}"
    if not (venv / "bin" / "pip").exists():
        subprocess.run([python_of(cell.python), "-m", "venv", "--clear", str(venv)], check=True)
    pinned = (ROOT / "constraints" / "pinned.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    constraints = room / f"constraints{cell.python}.txt"
    constraints.write_text("".join(line for line in pinned if not line.startswith("django==")), encoding="utf-8")
    pip(venv, "install", "--upgrade", "--constraint", str(constraints), "pip")
    groups = [f"--group={name}" for name in ("test", "postgresql", "mariadb")]
    pip(venv, "install", "--constraint", str(constraints), f"django=={cell.django}.*", str(wheel), *groups)
    pip(venv, "install", "--force-reinstall", "--no-deps", str(wheel))
    return venv


def run(cell: Cell, room: Path, wheel: Path, arguments: Sequence[str]) -> Outcome:
    """Run the tests of a cell, away from the checkout."""
    if reason := lacks(cell):
        return Outcome(cell, missing=reason)
    python = environment_of(cell, room, wheel) / "bin" / "python"
    with tempfile.TemporaryDirectory(prefix="smo-matrix-") as folder, database_of(cell.database) as url:
        away = Path(folder)
        for part in ("tests", "docs"):  # a server is set up as its page says
            shutil.copytree(ROOT / part, away / part, ignore=shutil.ignore_patterns("__pycache__", "_build"))
        shutil.copy(ROOT / "pyproject.toml", away)
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {
            "DATABASE_URL": url,
        }
        where = "import smo_kit; assert 'site-packages' in smo_kit.__file__, smo_kit.__file__"
        subprocess.run([str(python), "-c", where], check=True, cwd=away, env=environment)
        report = away / "report.xml"
        command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *SIDE_BY_SIDE, f"--junitxml={report}"]
        words = [*arguments] if any(one.startswith("tests") for one in arguments) else [*cell.paths, *arguments]
        ended = subprocess.run([*command, *words], check=False, cwd=away, env=environment).returncode
        return outcome_of(cell, report, ended)


def outcome_of(cell: Cell, report: Path, ended: int) -> Outcome:
    """Read pytest's report. A run that ended badly without a failed test counts as one failure."""
    if ended == NOTHING_COLLECTED:
        return Outcome(cell, missing="it has none of these tests")
    if not report.exists():
        return Outcome(cell, failed=1)
    suites = list(ET.parse(report).iter("testsuite"))

    def total(name: str) -> int:
        return sum(int(suite.get(name, 0)) for suite in suites)

    failed = total("failures") + total("errors")
    passed = total("tests") - failed - total("skipped")
    seconds = sum(float(suite.get("time", 0)) for suite in suites)
    return Outcome(cell, passed, total("skipped"), failed or int(ended != 0), seconds)


def table(outcomes: Iterable[Outcome]) -> str:
    return "\n".join([HEADING, *(one.line for one in outcomes)])


def is_well(outcomes: Sequence[Outcome]) -> bool:
    """Say whether something ran and nothing failed."""
    return any(not one.missing for one in outcomes) and not any(one.failed for one in outcomes)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Unit tests of the wheel on several Pythons, Djangos and databases.")
    parser.add_argument("--python", action="append", choices=DJANGOS, default=[])
    parser.add_argument("--database", action="append", choices=DATABASES, default=[])
    parser.add_argument("--room", type=Path, default=ROOT / ".work" / "matrix", help="where environments are kept")
    parser.add_argument("--which", help="only print the path of a Python")
    parser.add_argument("--prepare", action="store_true", help="only make the environments, and run nothing")
    wish, others = parser.parse_known_args(arguments)
    if wish.which:
        print(python_of(wish.which))
        return 0
    wish.room.mkdir(parents=True, exist_ok=True)
    wheel = wheel_in(wish.room.resolve())
    if wish.prepare:
        for python in dict.fromkeys(cell.python for cell in cells(wish.python) if python_of(cell.python)):
            environment_of(Cell(python, "sqlite"), wish.room.resolve(), wheel)
        return 0
    outcomes = []
    for cell in cells(wish.python, wish.database):
        print(f"\n== {cell}", flush=True)
        outcomes.append(run(cell, wish.room.resolve(), wheel, others))
        print(outcomes[-1].line, flush=True)
    print(f"\n{table(outcomes)}")
    return 0 if is_well(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
