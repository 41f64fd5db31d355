"""Lists of what is best, and the scores behind them, worked out anew for 20,000 pages with the counts of 30 days."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from benchmarks import Row
from benchmarks.site.process import start

PAGES: Final = 20_000
DAYS: Final = 30
ACTS: Final = (("viewed", ""), ("viewed", "reader"), ("read", "seconds"))
LISTS: Final[dict[str, dict[str, Any]]] = {
    "month": {},
    "newest": {"period": "new"},
    "with a tag that one page in 100 has": {"tag": "rare"},
    "every language": {"language": "*"},
}
TURNS: Final = 200


def run() -> list[Row]:
    """Fill the tables, renew the scores, renew them again, then ask for lists."""
    start()
    from django.db import transaction

    from smo_kit.best.scores.renewing import renew_scores

    with transaction.atomic():  # what other benchmarks of this process find is as it was
        counts = fill(PAGES, DAYS)
        first, written = timed(renew_scores)
        again, changed = timed(renew_scores)
        rows = [
            Row(
                name=f"best: scores of {PAGES:,} pages",
                value=first,
                unit="s",
                note=f"SQLite; {counts:,} counts of {DAYS} days; {written:,} scores written",
            ),
            Row(
                name="best: the same again",
                value=again,
                unit="s",
                bar="nothing is written",
                holds=not changed,
            ),
            *(_list(name, options) for name, options in LISTS.items()),
        ]
        transaction.set_rollback(True)
    return rows


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Return how many seconds it took, and what came of it."""
    before = time.perf_counter()
    done = work()
    return time.perf_counter() - before, done


def fill(pages: int, days: int) -> int:
    """Write pages with cards in two languages, a tag for one in 100, and counts of each day; return how many counts."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone

    from benchmarks.site.models import Article
    from smo_kit.best.models import Tagged
    from smo_kit.core.models import CardRow

    now, content_type = timezone.now(), ContentType.objects.get_for_model(Article)
    CardRow.objects.bulk_create(
        [
            CardRow(
                content_type=content_type,
                object_pk=str(number),
                language=language,
                source_type=content_type,
                source_pk=f"{number}-{language}",
                title=f"Page {number}",
                url=f"/{language}/{number}/",
                published=now - dt.timedelta(hours=number),
            )
            for number in range(pages)
            for language in ("en", "ru")
        ],
        batch_size=1000,
    )
    rare = CardRow.objects.filter(object_pk__endswith="77").values_list("pk", flat=True)
    Tagged.objects.bulk_create([Tagged(card_id=pk, tag="rare") for pk in rare], batch_size=1000)
    return _count(content_type.pk, pages, days, now.astimezone(dt.UTC).date())


def _count(content_type: int, subjects: int, days: int, today: dt.date) -> int:
    """Write the counts of today, and copy them for each day before."""
    from django.db import connection

    from smo_kit.engagement.models import Count

    rows = [
        Count(content_type_id=content_type, object_pk=str(number), kind=kind, facet=facet, day=today, n=1 + number % 97)
        for number in range(subjects)
        for kind, facet in ACTS
    ]
    Count.objects.bulk_create(rows, batch_size=1000)
    names = "site_id, content_type_id, object_pk, kind, network, facet, n"
    table = Count._meta.db_table
    with connection.cursor() as cursor:
        for ago in range(1, days):
            sql = f"INSERT INTO {table} ({names}, day) SELECT {names}, %s FROM {table} WHERE day = %s"
            cursor.execute(sql, [(today - dt.timedelta(days=ago)).isoformat(), today.isoformat()])
        cursor.execute("ANALYZE" if connection.vendor != "mysql" else f"ANALYZE TABLE {table}")
    return len(rows) * days


def _list(name: str, options: dict[str, Any]) -> Row:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from smo_kit.best.conf import BestConf
    from smo_kit.best.services import best_of

    conf = BestConf(**options)
    with CaptureQueriesContext(connection) as queries:
        found = best_of(conf, "en")
    spent = [timed(lambda: len(best_of(conf, "en")))[0] for _ in range(TURNS)]
    asked = len(queries)
    return Row(
        name=f"best: a list, {name}",
        value=median(spent) * 1000,
        unit="ms",
        bar="1 query",
        holds=asked == 1 and len(found) == conf.limit,
        note=f"median of {TURNS}, as the template asks for it when its HTML is not kept",
    )
