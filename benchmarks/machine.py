"""On what something was measured: the machine, and the versions of all that takes part."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import django

PACKAGES: Final = (
    "psycopg",
    "gunicorn",
    "django-cms",
    "django-comments-xtd",
    "django-allauth",
    "django-meta",
    "django-social-share",
    "django-hitcount",
    "django-taggit",
    "scikit-learn",
)
"""What the site needs, and the peers."""


def machine(postgres: str = "") -> dict[str, str]:
    """Return the machine and the versions, by their names; that of the database at this address too."""
    said = {
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()}",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Django": django.__version__,
    }
    if postgres and (number := _postgres(postgres)):
        said["PostgreSQL"] = number
    for name in PACKAGES:
        try:
            said[name] = version(name)
        except PackageNotFoundError:
            continue
    return said


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return "memory unknown"
    return f"{size / 2**30:.0f} GiB"


def _postgres(url: str) -> str:
    try:
        import psycopg
    except ImportError:
        return ""
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            return str(connection.execute("SHOW server_version").fetchone()[0])  # type: ignore[index]
    except psycopg.OperationalError:
        return ""
