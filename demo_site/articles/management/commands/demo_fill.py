"""Fill the magazine with as much as a large site has: safe to interrupt, and to run again for more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from demo_site.articles.conversations import make_accounts
from demo_site.articles.filling.comments import fill_comments
from demo_site.articles.filling.engagement import fill_engagement
from demo_site.articles.filling.links import fill_links, fill_visits
from demo_site.articles.filling.locks import fill_lock_counts, fill_locks, fill_openings
from demo_site.articles.filling.offers import fill_offers, fill_pairs
from demo_site.articles.filling.pages import fill_pages
from demo_site.articles.filling.ratings import fill_ratings
from demo_site.articles.filling.spam import fill_decisions, fill_prints, fill_reputations
from demo_site.articles.filling.subscribers import fill_subscribers, fill_suppressions
from demo_site.articles.pages import seed_pages
from demo_site.articles.posters import seed_posters
from demo_site.articles.readers import read_new_texts
from demo_site.articles.seed import make_admin, seed
from demo_site.articles.static_files import collect_if_needed
from smo_kit.core.progress import shown
from smo_kit.core.sweeps import run_sweeps

FILLS: Final[dict[str, tuple[int, Callable[[int], Iterator[int]]]]] = {
    "pages": (100_000, fill_pages),
    "comments": (1_000_000, fill_comments),
    "subscribers": (100_000, fill_subscribers),
    "suppressions": (2_000, fill_suppressions),
    "engagement": (10_000_000, fill_engagement),
    "ratings": (1_000_000, fill_ratings),
    "links": (500_000, fill_links),
    "visits": (500_000, fill_visits),
    "locks": (10_000, fill_locks),
    "openings": (500_000, fill_openings),
    "lock-counts": (500_000, fill_lock_counts),
    "offers": (1_000_000, fill_offers),
    "pairs": (500_000, fill_pairs),
    "reputations": (100_000, fill_reputations),
    "prints": (50_000, fill_prints),
    "decisions": (800, fill_decisions),
}
"""What grows with pages and readers, and how much of it a large site has."""

TIDY: Final = {"postgresql": "VACUUM (ANALYZE)", "sqlite": "ANALYZE"}
"""What a database does by itself once there is time for it."""


class Command(BaseCommand):
    help = "Fill the magazine in bulk, as a large site is; run it again to go on, or with larger numbers for more."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, (number, _fill) in FILLS.items():
            parser.add_argument(f"--{name}", type=int, help=f"how many there are to be (default: {number} × scale)")
        parser.add_argument("--scale", type=float, default=1.0, help="part of the default numbers (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        seed()
        make_admin()
        seed_posters()
        seed_pages()
        make_accounts()
        collect_if_needed()
        try:
            for name, (number, fill) in FILLS.items():
                asked = options[name.replace("-", "_")]
                self._fill(name, fill, round(number * options["scale"]) if asked is None else asked)
        except KeyboardInterrupt as error:
            raise CommandError("Interrupted. Run it again: it goes on where it was.", returncode=130) from error
        except NotImplementedError as error:
            raise CommandError(str(error)) from error
        read_new_texts()
        run_sweeps()
        if tidy := TIDY.get(connection.vendor):
            with connection.cursor() as cursor:
                cursor.execute(tidy)

    def _fill(self, name: str, fill: Callable[[int], Iterator[int]], wanted: int) -> None:
        began, done = time.monotonic(), 0
        for done in fill(wanted):
            shown(self.stderr, min(done, wanted), wanted)
        self.stdout.write(f"{done:,} {name}, after {time.monotonic() - began:.0f} s.")
