"""The first comments of the magazine."""

from __future__ import annotations

import pytest

from demo_site.articles.conversations import follow_some, make_accounts, seed_comments
from demo_site.articles.seed import make_admin, seed
from demo_site.environment import ADMIN
from smo_kit.comments.repairing import repair
from smo_kit.notify.fan_out import spread
from smo_kit.notify.models import Delivery

pytestmark = pytest.mark.django_db


def test_the_first_comments_leave_nothing_to_mend():
    seed()
    make_accounts()
    assert seed_comments() > 20
    *_before, last = repair(is_dry=True)
    assert not last.found


def test_the_admin_hears_of_some_at_first():
    seed()
    make_admin()
    make_accounts()
    seed_comments()
    follow_some(ADMIN)
    spread(10_000)
    his = Delivery.objects.filter(subscriber__user__username=ADMIN, due__isnull=False)
    assert his.values("discussion").distinct().count() == 3
