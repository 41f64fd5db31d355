"""Write ``pinned.txt``: the exact versions that the project is tried with, on each Python given.

Usage: python constraints/renew.py PYTHON…    e.g. python3.11 python3.12 python3.13
Only names, versions and markers are written, so the file says nothing of where a package was downloaded.
"""

# ruff: noqa: S603  # it runs the Pythons that it was told to

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = Path(__file__).with_name("pinned.txt")
HEAD = "# Written by constraints/renew.py: exact versions, no addresses.\n"
OLD_DJANGO = ["django>=5.2,<5.3"]
"""What Python 3.11 gets: the long-term release. Newer Pythons get the newest Django."""
TOO_NEW = """
import sys
from importlib.metadata import distributions
from pip._vendor.packaging.specifiers import SpecifierSet
first = "%d.%d.0" % sys.version_info[:2]
for one in distributions():
    if not SpecifierSet(one.metadata["Requires-Python"] or "").contains(first):
        print(f"{one.name}<{one.version}")
"""
"""Prints what an early release of this Python, such as that of Debian, can't install."""


def versions(python: str) -> tuple[str, dict[str, str]]:
    """Return the version of a Python, and of every package that all groups need there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [f"--group={ROOT / 'pyproject.toml'}:{name}" for name in project["dependency-groups"]]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        own = f"{folder}/bin/python"
        minor = _said(own, "-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip()
        subprocess.run([own, "-m", "pip", "install", "--quiet", "--upgrade", "pip"], check=True)
        django = OLD_DJANGO if minor == "3.11" else []
        wanted = [*project["project"]["dependencies"], *django, *groups]
        while True:
            subprocess.run([own, "-m", "pip", "install", "--quiet", *wanted], check=True)
            if not (older := _said(own, "-c", TOO_NEW).split()):
                break
            wanted += older
        lines = _said(own, "-m", "pip", "list", "--format=freeze").splitlines()
    return minor, dict(line.lower().split("==") for line in lines)


def lines_of(found: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    """Yield a line for each package, with markers where Pythons differ."""
    for name in sorted({name for packages in found.values() for name in packages} - {"setuptools", "wheel"}):
        pythons: dict[str, list[str]] = {}
        for minor, packages in found.items():
            if name in packages:
                pythons.setdefault(packages[name], []).append(minor)
        for version, where in pythons.items():
            everywhere = len(where) == len(found)
            yield f"{name}=={version}" + ("" if everywhere else f"; {_marker(where, list(found))}")


def _marker(where: list[str], all_of_them: list[str]) -> str:
    first, last = where[0], where[-1]
    if where == all_of_them[: len(where)]:
        following = all_of_them[len(where)]
        return f"python_version < '{following}'"
    if where == all_of_them[-len(where) :]:
        return f"python_version >= '{first}'"
    if first == last:
        return f"python_version == '{first}'"
    return f"python_version >= '{first}' and python_version <= '{last}'"


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    found = dict(sorted(map(versions, sys.argv[1:] or [sys.executable]), key=lambda one: int(one[0].split(".")[1])))
    FILE.write_text(HEAD + "".join(f"{line}\n" for line in lines_of(found)))
