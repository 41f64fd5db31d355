"""CMS sites of several shapes: with versions and without, with apps of the suite left out."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from django.conf import settings

from tests.projects.running import lived

pytestmark = pytest.mark.skipif(not settings.HAS_CMS, reason="django CMS is not installed")


@cache
def site(*without: str, versioning: bool) -> dict[str, Any]:
    """Live through the life of a page on a site and return what was seen."""
    return lived("cms_site", without=without, versioning=versioning)


VERSIONING = pytest.mark.parametrize("versioning", [True, False], ids=["versions", "no versions"])


def test_a_draft_is_nowhere_until_it_is_published():
    became = site(versioning=True)
    assert became["draft"]["status"] == 404
    assert became["published"] == {"status": 200, "words": True, "block": True, "card": True, "changed": False}
    assert became["rows"] == ["For networks"]


def test_a_new_draft_of_the_share_settings_waits_for_its_publication():
    became = site(versioning=True)
    assert became["changed"]["card"]
    assert not became["changed"]["changed"]
    assert became["published again"]["changed"]
    assert became["rows again"] == ["Changed"]


def test_without_versions_what_is_saved_is_public():
    became = site(versioning=False)
    assert became["draft"] == {"status": 200, "words": True, "block": True, "card": True, "changed": False}
    assert became["changed"]["changed"]
    assert became["rows again"] == ["Changed"]


@VERSIONING
def test_copies_carry_blocks_and_share_settings(versioning):
    became = site(versioning=versioning)
    assert became["copied cards"] == ["Changed"]
    assert became["copied blocks"] == [{"networks": ["telegram"]}]


@VERSIONING
def test_a_page_that_is_deleted_or_withdrawn_leaves_no_card(versioning):
    assert site(versioning=versioning)["rows of the deleted"] == 0


@pytest.mark.parametrize("missing", ["share", "meta"])
def test_a_page_with_a_block_of_a_missing_app_stays_whole(missing):
    became = site(missing, versioning=True)
    assert became["said"] == []
    assert became["published"]["words"]
    assert became["published"]["block"] is (missing != "share")
    assert became["copied blocks"] == [{"networks": ["telegram"]}]
