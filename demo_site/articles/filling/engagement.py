"""Counts of what readers did: written by the database itself, some pages at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone

from demo_site.articles.filling.pages import PREFIX
from demo_site.articles.models import Article
from smo_kit.best.kinds import READ, SECONDS
from smo_kit.core.settings import site_id
from smo_kit.engagement.kinds import READER, SHARED, VIEWED
from smo_kit.engagement.models import Count

CHUNK: Final = 100_000
"""Rows of one transaction, more or less."""
POPULAR: Final = 20
"""Every so-manieth page has so many times as many rows as another."""
SPREAD: Final = 5
"""Days between two that a page was looked at."""
ROW: Final = (
    f"(0, '{VIEWED.id}', '', '')",
    f"(1, '{VIEWED.id}', '', '{READER}')",
    f"(2, '{READ.id}', '', '{SECONDS}')",
    f"(3, '{SHARED.id}', 'telegram', '{SHARED.facet}')",
)
"""What is counted of a page on a day."""

SQL: Final = """
INSERT INTO {table} (site_id, content_type_id, object_pk, kind, network, facet, day, n)
WITH RECURSIVE days(d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM days WHERE d < %(most)s)
SELECT %(site)s, %(type)s, CAST(a.id AS varchar(64)), w.kind, w.network, w.facet, {day}, 1 + (a.id * 7 + d * 13) %% 97
FROM articles_article a
JOIN days ON d < CASE WHEN a.id %% {popular} = 0 THEN %(days)s * {popular} ELSE %(days)s END / 2 + 1
CROSS JOIN (SELECT column1 AS place, column2 AS kind, column3 AS network, column4 AS facet FROM (VALUES {row}) v) w
WHERE a.id BETWEEN %(first)s AND %(last)s AND a.key LIKE '{prefix}%%'
ON CONFLICT DO NOTHING
"""
DAY: Final = {
    "postgresql": "CAST(%(today)s AS date) - CAST(d * {spread} + a.id %% {spread} AS integer)",
    "sqlite": "date(%(today)s, '-' || (d * {spread} + a.id %% {spread}) || ' days')",
}


def fill_engagement(wanted: int) -> Iterator[int]:
    """Count what was done on the pages made here until there are so many rows; yield how many there are.

    PostgreSQL and SQLite alone: raises NotImplementedError.
    """
    if connection.vendor not in DAY:
        raise NotImplementedError("Counts are filled in on PostgreSQL and SQLite alone.")
    rows = Count.objects.filter(content_type=ContentType.objects.get_for_model(Article))
    done = rows.count()
    yield done
    pages = list(Article.objects.filter(key__startswith=PREFIX).order_by("pk").values_list("pk", flat=True))
    if done >= wanted or not pages:
        return
    of_page = max(1.0, wanted / len(pages))
    days = max(1, round(of_page / len(ROW)))
    step = max(1, round(CHUNK / of_page))
    for start in range(0, len(pages), step):
        some = pages[start : start + step]
        done += _write(some[0], some[-1], days)
        yield done
        if done >= wanted:
            return


@transaction.atomic
def _write(first: int, last: int, days: int) -> int:
    day = DAY[connection.vendor].format(spread=SPREAD)
    sql = SQL.format(
        table=connection.ops.quote_name(Count._meta.db_table),
        day=day,
        popular=POPULAR,
        row=", ".join(ROW),
        prefix=PREFIX,
    )
    words: dict[str, Any] = {
        "site": site_id(),
        "type": ContentType.objects.get_for_model(Article).pk,
        "today": timezone.now().date().isoformat(),
        "most": days * POPULAR,
        "days": days,
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, words)
        return int(cursor.rowcount)
