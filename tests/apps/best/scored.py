"""Cards, what people did for them, and the lists that come of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from smo_kit.best.conf import BestConf
from smo_kit.best.models import Score
from smo_kit.best.services import best_of
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key
from smo_kit.engagement.models import Count
from tests.blog.models import Post

VIEWS = ("viewed", "reader")


def today() -> dt.date:
    return timezone.now().astimezone(dt.UTC).date()


def card(name: str, *, language: str = "en", age: float = 400, **columns: Any) -> CardRow:
    """Write the snapshot of a page of this name, published so many days ago."""
    content_type = ContentType.objects.get_for_model(Post)
    columns = {"published": timezone.now() - dt.timedelta(days=age), **columns}
    source = {"source_type": content_type, "source_pk": f"{name}-{language}"}
    return CardRow.objects.create(
        content_type=content_type, object_pk=name, language=language, title=name, url=f"/{name}/", **source, **columns
    )


def done(row: CardRow, act: tuple[str, str], n: int = 1, *, ago: int = 0, site: int = 1) -> None:
    """Count something for a page so many days ago."""
    kind, facet = act
    day = today() - dt.timedelta(days=ago)
    Count.objects.create(
        site_id=site, content_type=row.content_type, object_pk=row.object_pk, kind=kind, facet=facet, day=day, n=n
    )


def scores(period: str = "month") -> dict[str, float]:
    """Return the scores of a period by the pages' names."""
    return dict(Score.objects.filter(period=period).order_by("-score").values_list("card__title", "score"))


def names(reader: str = "en", /, without: tuple[Key, ...] = (), **options: Any) -> list[str]:
    """Return the titles of what a list shows."""
    return [one.card.title for one in best_of(BestConf(**options), reader, without=without)]
