from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum
from django.test import override_settings

from smo_kit.core.subjects import key_of
from smo_kit.core.sweeps import all_sweeps
from smo_kit.engagement.folding import border, fold
from smo_kit.engagement.models import Count
from smo_kit.engagement.services import counts, total
from tests.blog.models import Post

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def now(db: None) -> Iterator[None]:
    with mock.patch("django.utils.timezone.now", return_value=NOW):
        yield


def count(post: Post, day: str, n: int = 1, **more: Any) -> None:
    Count.objects.create(**key_of(post).fields, day=dt.date.fromisoformat(day), n=n, **{"kind": "viewed", **more})


def rows() -> list[tuple[str, str, str, int]]:
    found = Count.objects.order_by("kind", "network", "facet", "day")
    return [(one.kind, one.network, one.day.isoformat(), one.n) for one in found]


def folded(days: int = 100) -> Any:
    return list(fold(days))[-1]


def test_days_of_a_month_become_its_first(post: Post) -> None:
    count(post, "2026-03-01", 1)
    count(post, "2026-03-02", 2)
    count(post, "2026-03-31", 4)
    count(post, "2026-04-30", 8)

    assert folded().done == 3
    assert rows() == [("viewed", "", "2026-03-01", 7), ("viewed", "", "2026-04-01", 8)]


def test_what_differs_in_anything_else_stays_apart(post: Post) -> None:
    other = Post.objects.create(title="Other", slug="other")
    for n, (of, more) in enumerate(
        [
            (post, {}),
            (post, {"facet": "reader"}),
            (post, {"kind": "shared", "network": "telegram"}),
            (post, {"kind": "shared", "network": "reddit"}),
            (post, {"site_id": 2}),
            (other, {}),
        ]
    ):
        count(of, "2026-03-05", 2**n, **more)
        count(of, "2026-03-06", 2**n, **more)

    assert folded().into == 6
    assert sorted(Count.objects.values_list("n", flat=True)) == [2, 4, 8, 16, 32, 64]


def test_the_days_that_are_kept_stay_as_they_are(post: Post) -> None:
    for day in ("2026-07-31", "2026-08-01", "2026-08-20", "2026-11-22"):
        count(post, day)

    assert border(100) == dt.date(2026, 8, 1), "a month is folded as a whole"
    folded()
    assert [day for _, _, day, _ in rows()] == ["2026-07-01", "2026-08-01", "2026-08-20", "2026-11-22"]


def test_no_sum_changes(post: Post) -> None:
    for number in range(200):
        day = NOW.date() - dt.timedelta(days=3 * number)
        count(post, day.isoformat(), number + 1)
        count(post, day.isoformat(), 2, kind="shared", network=("telegram", "reddit")[number % 2], facet="opened")
    before = total(post), counts(post)

    folded()

    assert (total(post), counts(post)) == before
    assert Count.objects.count() < 150


def test_a_second_run_finds_nothing(post: Post) -> None:
    count(post, "2026-03-02")
    count(post, "2026-03-03")
    folded()
    before = rows()

    assert folded().total == 0
    assert rows() == before


def test_what_comes_late_is_added(post: Post) -> None:
    count(post, "2026-03-02", 2)
    folded()
    count(post, "2026-03-09", 3)
    folded()

    assert rows() == [("viewed", "", "2026-03-01", 5)]


def test_it_may_end_after_each_step(post: Post) -> None:
    for day in range(2, 32):
        count(post, f"2026-03-{day:02}")

    with mock.patch("smo_kit.engagement.folding.STEP", 7):
        steps = fold(100)
        assert [next(steps).done for _ in range(3)] == [0, 7, 14]
        steps.close()
        assert Count.objects.aggregate(n=Sum("n"))["n"] == 30
        assert folded().total == 16
    assert rows() == [("viewed", "", "2026-03-01", 30)]


def test_a_sweep_folds_a_share_each_time(post: Post) -> None:
    for day in range(2, 32):
        count(post, f"2026-03-{day:02}")

    with (
        override_settings(SMO_KIT={"ENGAGEMENT": {"daily_days": 100}}),
        mock.patch("smo_kit.engagement.folding.STEP", 7),
        mock.patch("smo_kit.engagement.folding.STEPS", 2),
    ):
        sweep = all_sweeps()["old counts by the day"]
        assert [sweep() for _ in range(4)] == [14, 14, 2, 0]
    assert rows() == [("viewed", "", "2026-03-01", 30)]


def test_a_sweep_folds_nothing_where_all_days_are_kept(post: Post) -> None:
    count(post, "2020-03-02")
    with override_settings(SMO_KIT={"ENGAGEMENT": {"daily_days": 0}}):
        assert all_sweeps()["old counts by the day"]() == 0
    assert rows() == [("viewed", "", "2020-03-02", 1)]


def test_what_fails_in_the_middle_changes_nothing(post: Post) -> None:
    count(post, "2026-03-02", 2)
    count(post, "2026-03-03", 3)

    broken = mock.patch("django.db.models.query.QuerySet._raw_delete", side_effect=RuntimeError)
    with broken, pytest.raises(RuntimeError):
        folded()
    assert [n for *_, n in rows()] == [2, 3]


def test_zero_days_fold_nothing(post: Post) -> None:
    count(post, "2020-03-02")

    assert folded(0).total == 0
    assert rows() == [("viewed", "", "2020-03-02", 1)]


def test_the_command_obeys_the_setting_and_prints_json(post: Post) -> None:
    count(post, "2026-03-02")
    count(post, "2026-03-03")

    with override_settings(SMO_KIT={"ENGAGEMENT": {"daily_days": 100}}):
        told = ran("--json")
    assert json.loads(told) == {"total": 2, "done": 2, "into": 1, "before": "2026-08-01"}


def test_the_command_takes_days(post: Post) -> None:
    count(post, "2026-11-02")
    count(post, "2026-10-03")

    assert ran("--days", "5") == "1 rows of days before 2026-11-01 became 1 of months.\n"
    assert ran("--days", "0") == "daily_days is 0: all counts are kept by the day.\n"
    with pytest.raises(CommandError, match="a number of days"):
        ran("--days", "-1")


def test_an_interrupted_command_says_what_it_did(post: Post) -> None:
    count(post, "2026-03-02")
    out = StringIO()

    with (
        mock.patch("smo_kit.engagement.folding.free", side_effect=KeyboardInterrupt),
        pytest.raises(CommandError, match="Run it again"),
    ):
        call_command("smo_fold", "--days", "100", stdout=out, stderr=StringIO())
    assert out.getvalue().startswith("0 rows")


def test_an_index_finds_the_days() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the planner of this database reads an empty table whole")
    plan = Count.objects.filter(day__gt=dt.date(2026, 3, 1), day__lt=dt.date(2026, 4, 1)).explain()
    assert "smo_engagement_count_day" in plan


def ran(*arguments: str) -> str:
    out = StringIO()
    call_command("smo_fold", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()
