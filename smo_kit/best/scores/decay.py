"""How much less counts what was done long ago."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import DateField, Expression, F, FloatField, Func, IntegerField, Value
from django.db.models.functions import Cast, Power


def faded(today: dt.date, half_life: int) -> Expression:
    """Return the number of a count, in SQL, worth half for every so many days of its age; 0: whole at any age."""
    number = Cast("n", FloatField())
    if not half_life:
        return number
    age = _DaysBetween(F("day"), Value(today, DateField()))
    return number * Power(Value(0.5), Cast(age, FloatField()) / Value(float(half_life)), output_field=FloatField())


def part(days: int, length: int, half_life: int) -> float:
    """Return how much of what can count in a period lies in its last days: 1.0 if they are the whole of it."""
    if days >= length:
        return 1.0
    if not half_life:
        return days / length
    daily = 0.5 ** (1 / half_life)
    return float((1 - daily**days) / (1 - daily**length))


class _DaysBetween(Func):
    """Days from the first date to the second."""

    output_field = IntegerField()
    template = "(%(expressions)s)"
    arg_joiner = " - "
    arity = 2

    def __init__(self, first: Any, second: Any) -> None:
        super().__init__(second, first)

    def as_mysql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, function="DATEDIFF", template="DATEDIFF(%(expressions)s)", arg_joiner=", "
        )

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        joiner = ") - julianday("
        return self.as_sql(compiler, connection, template="(julianday(%(expressions)s))", arg_joiner=joiner)
