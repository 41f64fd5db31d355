from __future__ import annotations

import pytest

from tests.security.site import World


@pytest.fixture
def world(db, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    own = {"LOCK": {"files_root": str(tmp_path / "private")}, "COMMENTS": {"confirm_guests": False}}
    settings.SMO_KIT = settings.SMO_KIT | own
    return World()
