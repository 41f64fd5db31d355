"""What is measured: each kind of page, each list of the admin, what readers do, what runs again and again."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from benchmarks.large.acts import acts
from benchmarks.large.commands import commands
from benchmarks.large.lists import lists
from benchmarks.large.pages import pages
from benchmarks.large.target import Target


def targets() -> Iterator[Target]:
    """Yield everything that is measured of the site that this process serves."""
    settings.ALLOWED_HOSTS = ["*"]
    yield from pages()
    yield from acts()
    yield from lists()
    yield from commands()
