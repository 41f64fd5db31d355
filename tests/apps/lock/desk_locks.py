"""Locks, figures and people for the tests of what editors see."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import partial
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.utils import timezone

from smo_kit.core.models import CardRow
from smo_kit.core.subjects import key_of
from smo_kit.lock.counting import today
from smo_kit.lock.models import Count, Lock, Opening, Spot
from smo_kit.lock.refs import Ref
from smo_kit.networks.policies import RewardPolicy
from tests.apps import staff as people
from tests.blog.models import Post

LOCKS = "/admin/smo_lock/lock/"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
FORBIDDEN = RewardPolicy(
    verdict="forbidden", reason="No gating.", as_of=dt.date(2026, 11, 26), source="https://rules.example/"
)

_numbers = itertools.count(1)


def post(title: str = "") -> Post:
    """Make a page with its snapshot."""
    number = next(_numbers)
    made = Post.objects.create(slug=f"lock-{number}", title=title or f"Page {number}")
    snapshot(made)
    return made


def snapshot(made: Post) -> CardRow:
    key = key_of(made)
    return CardRow.objects.get_or_create(
        content_type_id=key.content_type_id,
        object_pk=key.object_pk,
        language="en",
        defaults={
            "source_type_id": key.content_type_id,
            "source_pk": key.object_pk,
            "title": made.title,
            "url": made.get_absolute_url(),
        },
    )[0]


def lock_of(
    made: Post, name: str = "", *, source: str = "field", said: dict[str, Any] | None = None, **fields: Any
) -> Lock:
    """Make a lock as the showing of its page does."""
    key = key_of(made)
    lock = Lock.objects.create(content_type_id=key.content_type_id, object_pk=key.object_pk, name=name, **fields)
    Spot.objects.create(
        lock=lock, language="en", source=source, where="body", path=made.get_absolute_url(), options=said or {}
    )
    return lock


def ref_of(lock: Lock) -> Ref:
    spot = lock.spots.get()
    return Ref(lock.key.speaking(spot.language), lock.name, spot.source, spot.where, spot.path)


def put(lock: Lock, what: str, n: int, *, ago: int = 0, **columns: str) -> None:
    Count.objects.create(lock=lock, day=today() - dt.timedelta(days=ago), what=what, n=n, **columns)


def opened(lock: Lock, user: Any = None, *, opener: str = "", way: str = "wait", **fields: Any) -> Opening:
    now = timezone.now()
    values = {"tried": now, "opened": now, **fields}
    return Opening.objects.create(lock=lock, user=user, opener=opener or f"{next(_numbers):064}", way=way, **values)


staff = partial(people.staff, app="smo_lock")


def soup(answer: Any) -> Tag:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def words(answer: Any) -> str:
    return soup(answer).get_text(" ", strip=True)
