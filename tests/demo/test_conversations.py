"""The first comments of the magazine."""

from __future__ import annotations

import pytest

from demo_site.articles.conversations import make_accounts, seed_comments
from demo_site.articles.seed import seed
from smo_kit.comments.repairing import repair

pytestmark = pytest.mark.django_db


def test_the_first_comments_leave_nothing_to_mend():
    seed()
    make_accounts()
    assert seed_comments() > 20
    *_before, last = repair(is_dry=True)
    assert not last.found
