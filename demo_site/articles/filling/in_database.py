"""Rows that the database writes by itself: some of each page made here, as many of them as the table is to have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone

from demo_site.articles.filling.pages import PREFIX
from demo_site.articles.models import Article
from smo_kit.core.settings import site_id

CHUNK: Final = 100_000
"""Rows of one transaction, more or less."""
DAY: Final = 24 * 60
"""In minutes, which ``moment`` counts in."""
POPULAR: Final = 20
"""Every so-manieth page has so many times as many rows as another."""

SQL: Final = """
INSERT INTO {table} ({columns})
WITH RECURSIVE numbers(d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM numbers WHERE d < %(most)s)
SELECT {values}
FROM articles_article a
JOIN numbers ON d < CASE WHEN a.id %% {period} = 0 THEN %(each)s * {popular} ELSE %(each)s END / 2 + {more}
{joins}
WHERE a.id BETWEEN %(first)s AND %(last)s AND a.key LIKE '{prefix}%%' AND a.id %% {part} = 0
ON CONFLICT DO NOTHING
"""
WORDS: Final = {
    "postgresql": {
        "moment": "CAST(%(now)s AS timestamptz) - INTERVAL '1 minute' * ({minutes})",
        "day": "CAST(%(today)s AS date) - CAST({days} AS integer)",
    },
    "sqlite": {
        "moment": "strftime('%%Y-%%m-%%d %%H:%%M:%%S', %(now)s, '-' || ({minutes}) || ' minutes')",
        "day": "date(%(today)s, '-' || ({days}) || ' days')",
    },
}
"""What each database says of time. The others are not filled."""
PK: Final = "CAST(a.id AS varchar(64))"
"""The page as a subject's id."""
OF_PAGE: Final = {"site_id": "%(site)s", "content_type_id": "%(type)s", "object_pk": PK}
"""Columns of a row that hangs on a page."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A table to fill. In SQL ``a.id`` is the page and ``d`` counts its rows from 0; no row is written twice."""

    model: type[models.Model]
    columns: Mapping[str, str]
    """SQL of each."""
    joins: str = ""
    part: int = 1
    """Every so-manieth page has rows at all."""
    times: int = 1
    """Rows of each number: what ``joins`` makes."""
    is_even: bool = False
    """Whether each page has as many as another."""

    def run(self, wanted: int) -> Iterator[int]:
        """Write rows until there are so many; yield how many there are. Raises NotImplementedError."""
        if connection.vendor not in WORDS:
            raise NotImplementedError("Tables are filled in on PostgreSQL and SQLite alone.")
        done = self.model._default_manager.count()
        yield done
        pages = list(Article.objects.filter(key__startswith=PREFIX).order_by("pk").values_list("pk", flat=True))
        if done >= wanted or not pages:
            return
        of_page = max(1.0, wanted * self.part / len(pages))
        each = max(1, round(of_page / self.times))
        step = max(1, round(CHUNK * self.part / of_page))
        for start in range(0, len(pages), step):
            some = pages[start : start + step]
            done += self._write(some[0], some[-1], each)
            yield done
            if done >= wanted:
                return

    @transaction.atomic
    def _write(self, first: int, last: int, each: int) -> int:
        quoted = connection.ops.quote_name
        sql = SQL.format(
            table=quoted(self.model._meta.db_table),
            columns=", ".join(map(quoted, self.columns)),
            values=", ".join(self.columns.values()),
            period=POPULAR * self.part,
            popular=1 if self.is_even else POPULAR,
            more=f"({each} + 1) / 2" if self.is_even else 1,
            joins=self.joins,
            prefix=PREFIX,
            part=self.part,
        )
        now = timezone.now()
        words: dict[str, Any] = {
            "site": site_id(),
            "type": ContentType.objects.get_for_model(Article).pk,
            "now": now.isoformat(sep=" "),
            "today": now.date().isoformat(),
            "most": each * POPULAR,
            "each": each,
            "first": first,
            "last": last,
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, words)
            return int(cursor.rowcount)


def moment(minutes: str) -> str:
    """Return the SQL of a moment so many minutes ago."""
    return WORDS.get(connection.vendor, WORDS["sqlite"])["moment"].format(minutes=minutes)


def day(days: str) -> str:
    """Return the SQL of the day so many days ago."""
    return WORDS.get(connection.vendor, WORDS["sqlite"])["day"].format(days=days)
