"""Members who come by django-allauth: an address that it has verified needs no other proof."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

import pytest

from tests.projects.running import lived

pytestmark = pytest.mark.skipif(not find_spec("allauth"), reason="django-allauth is not installed")


@cache
def site() -> dict[str, Any]:
    """Live through the life of some members and return what was seen."""
    return lived("members_site")


def test_nothing_is_wrong():
    assert site()["said"] == []


def test_a_verified_member_who_wants_mail_is_asked_nothing():
    assert site()["verified"] == {"wish": "DONE", "proved": True, "mails": 0}


def test_another_one_is_asked_until_allauth_has_found_out():
    assert site()["not verified"] == {"wish": "MAILED", "proved": False}
    assert site()["verified later"] == {"proved": True, "address": "bob@example.org"}


def test_another_address_is_to_be_proved_again():
    assert site()["moved"] == {"proved": False, "wish": "MAILED"}
    assert site()["moved and verified"] == {"proved": True, "address": "ada@elsewhere.example"}


def test_one_that_was_verified_before_is_believed_at_once():
    assert site()["moved back"] == {"proved": True, "address": "ada@example.org"}


def test_who_has_wished_nothing_gets_no_row():
    assert site()["without a wish"] == {"row": False}
