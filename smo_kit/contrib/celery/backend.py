"""Tasks by Celery: django-tasks-fennel hands them over; the suite's own tables hold what there is to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage
from django_tasks_fennel import CeleryBackend as FennelBackend


class CeleryBackend(FennelBackend):
    """The same backend, whose checks tell errors alone: its warnings ask for stored results and for priorities."""

    def check(self, **kwargs: Any) -> Iterable[CheckMessage]:
        """Yield what keeps tasks from being done."""
        yield from (one for one in super().check(**kwargs) if one.is_serious())
