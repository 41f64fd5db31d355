"""What is measured: one page, one act, one command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final

from django.core.management import call_command
from django.db import transaction
from django.test import Client

LINEAR: Final = 167.0
"""How much more something may cost with a hundred times as much that has to look at all of it. Its order is n log n:
what is looked at is sorted, or found by indexes that are deeper (100 × log 100,000 pages / log 1,000)."""
SAME: Final = 1.5
"""How much more what has to stay as it is may cost: its index is a level deeper, its table lies in fewer caches."""
FEW_ROWS: Final = 50_000
"""Rows that a list may read at any size: it counts the first 10,000, skips as many before its last page, and joins one
row or two to each."""
BROWSER: Final = "Mozilla/5.0"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is measured. ``why`` says why it may grow by more than SAME; "": it may not."""

    name: str
    run: Callable[[], object]
    why: str = ""
    most: int = FEW_ROWS
    """Rows that it may read at any size, however few they are at first."""
    is_cold: bool = False
    """Whether each run finds an empty cache."""

    @property
    def growth(self) -> float:
        """How much more it may cost with a hundred times as much."""
        return LINEAR if self.why else SAME


def get(client: Client, address: str, status: int = 200) -> None:
    """Ask for a page as a browser does, and read all of it. Raises RuntimeError where it answers something else."""
    response = client.get(address, headers={"user-agent": BROWSER}, follow=True)
    if response.status_code != status:
        raise RuntimeError(f"{address} answers {response.status_code}")
    for _ in response if response.streaming else ():
        pass


def taken_back(act: Callable[[], object]) -> None:
    """Do something and undo it: the site stays as it is."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def command(name: str, *arguments: str, **options: Any) -> None:
    """Run a command, quietly."""
    call_command(name, *arguments, stdout=StringIO(), stderr=StringIO(), **options)
