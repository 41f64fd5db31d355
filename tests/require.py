"""What a test needs of the machine.

Where it is missing the test is skipped by its name; where the environment says that it must be there
(``SMO_REQUIRE="chromium node"``, or ``all``) the test fails instead, so that nothing is skipped in silence.
"""

from __future__ import annotations

import os
import shutil
from typing import Final, NoReturn

import pytest
from PIL import features

PROGRAMS: Final = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "node": ("node",),
    "java": ("java",),
    "xgettext": ("xgettext",),
    "nginx": ("nginx", "/usr/sbin/nginx"),
}

CHROMIUM_FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def require(name: str) -> str:
    """Return the path of a program."""
    for command in PROGRAMS[name]:
        if found := shutil.which(command):
            return found
    return missing(name)


def require_raqm() -> None:
    """Pictures whose text is set by Pillow's Raqm need a library of the system."""
    if not features.check("raqm"):
        missing("libfribidi0")


def asked_for(name: str) -> None:
    """Skip what takes long unless ``SMO_REQUIRE`` asks for it."""
    if not {name, "all"} & _wanted():
        pytest.skip(f"{name}: not asked for (SMO_REQUIRE={name})")


def missing(name: str, why: str = "not on this machine") -> NoReturn:
    """Skip the test, or fail it where ``SMO_REQUIRE`` names what is missing."""
    message = f"{name}: {why}"
    if {name, "all"} & _wanted():
        pytest.fail(f"{message}, though SMO_REQUIRE wants it", pytrace=False)
    pytest.skip(message)


def _wanted() -> set[str]:
    return set(os.environ.get("SMO_REQUIRE", "").replace(",", " ").split())
