"""The life of a site with the suite: before it, with it, and when it is gone again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bs4 import BeautifulSoup

from tests.sites.site import DOCS, Site
from tests.walkthrough import Step, steps

REMOVING: Final = DOCS / "removing.md"
TABLES: Final = """
from django.db import connection
from django.contrib.contenttypes.models import ContentType
from django.db.migrations.recorder import MigrationRecorder
print("TOLD", [name for name in connection.introspection.table_names() if name.startswith("smo_")])
print("TOLD", [one.app_label for one in ContentType.objects.filter(app_label__startswith="smo_")])
print("TOLD", [one.name for one in MigrationRecorder.Migration.objects.filter(app__startswith="smo_")])
"""
"""Says what of the suite is in the database."""


@dataclass(frozen=True)
class Seen:
    """What a site showed and held at one time."""

    pages: dict[str, BeautifulSoup]
    rows: str
    """What the rows of its owner were, as the site told them."""
    images: dict[str, str] = field(default_factory=dict)
    """The media type of each page's picture for networks."""


@dataclass(frozen=True)
class Life:
    """Three looks at a site."""

    before: Seen
    with_us: Seen
    after: Seen
    left: str
    """What of the suite is in the database when it is gone: three empty lists."""

    def must_read_as_before(self, path: str) -> None:
        """Fail if a page says something else without the suite than it said before it."""
        words = [seen.pages[path].get_text(" ", strip=True) for seen in (self.before, self.after)]
        assert words[0] == words[1] != ""

    def must_leave_nothing(self) -> None:
        """Fail if something of the suite is in the database, or on a page."""
        assert self.left.split("\n") == ["[]", "[]", "[]"]
        for page in self.after.pages.values():
            assert "smo" not in str(page)


def live(
    site: Site, guide: Iterable[Step], *, paths: Sequence[str], rows: str, used: str = "", then: Sequence[Step] = ()
) -> Life:
    """Follow a page of the documentation, then that on removing. ``rows`` is Python that tells of rows to keep.

    ``used`` is Python that does what somebody would do with the suite; ``then`` are steps of removing that are special
    to the site.
    """
    files = site.files()
    before = look(site, paths, rows)
    site.follow(guide)
    site.does(used)
    with_us = look(site, paths, rows)
    first, *others = steps(REMOVING, "The whole suite")
    site.follow([first])
    site.restore(files)
    site.follow([*others, *then])
    return Life(before, with_us, look(site, paths, rows), site.does(TABLES))


def look(site: Site, paths: Sequence[str], rows: str) -> Seen:
    """Serve the site and look at it."""
    with site.served() as pages:
        found = {path: pages.get(path) for path in paths}
        images = {path: pages.media_type(one["content"]) for path, one in _images(found).items()}
    return Seen(found, site.does(rows), images)


def _images(pages: dict[str, BeautifulSoup]) -> dict[str, dict[str, str]]:
    tags = {path: page.find("meta", property="og:image") for path, page in pages.items()}
    return {path: tag for path, tag in tags.items() if tag}


def said(page: BeautifulSoup, name: str) -> str:
    """Return what a page says to networks: ``og:title``; "" if it says nothing."""
    tag = page.find("meta", property=name)
    return tag["content"] if tag else ""
