"""Pages and people for the tests of the admin."""

from __future__ import annotations

import itertools
from functools import partial
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from smo_kit.best.models import Neighbour, Text
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key
from tests.apps import staff as people
from tests.blog.models import Post

LIST = "/admin/smo_best/curation/"
PICKS = "/admin/smo_best/pick/"
CLICKS = "/admin/smo_best/offer/"

_numbers = itertools.count(1)


def page(title: str = "", *, language: str = "en", pk: str = "", is_read: bool = True, **fields: Any) -> CardRow:
    """Make the snapshot of a page that the index has read (or not)."""
    pk = pk or str(next(_numbers))
    type_ = ContentType.objects.get_for_model(Post)
    row = CardRow.objects.create(
        content_type=type_,
        object_pk=pk,
        source_type=type_,
        source_pk=pk,
        language=language,
        title=title or f"Page {pk}",
        **{"url": f"/{language}/pages/{pk}/", "published": timezone.now(), **fields},
    )
    if is_read:
        Text.objects.create(card=row, language=language, digest="x", words=["tea", "garden"])
    return row


def subject(row: CardRow) -> Key:
    return row.key.speaking("")


def put_beside(row: CardRow, *others: CardRow, similarity: int = 5000, reason: str = "text") -> None:
    """Have others offered beside a page, in this order."""
    for place, other in enumerate(others):
        Neighbour.objects.create(card=row, other=other, place=place, similarity=similarity, reason=reason)


staff = partial(people.staff, app="smo_best")


def soup(answer: Any) -> Tag:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def messages(answer: Any) -> list[str]:
    return [one.get_text(" ", strip=True) for one in soup(answer).select(".messagelist li")]


def desk(row: CardRow) -> str:
    return f"{LIST}beside/{row.pk}/"
