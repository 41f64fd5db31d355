"""Each takes a minute or more, so they run when they are asked for: ``make sites``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.require import asked_for
from tests.sites.site import build_package


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """The wheel of the checkout."""
    asked_for("sites")
    return next(build_package(tmp_path_factory.mktemp("dist")).glob("*.whl"))
