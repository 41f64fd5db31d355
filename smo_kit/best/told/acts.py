"""What readers do with pages and offers is counted here: each act once a day for a reader, however often he does it.

Nothing of it is personal. A reader is known by the daily mark of his address, which can't be turned back and stays in
the cache until midnight; the tables hold sums.
"""

from __future__ import annotations

from smo_kit.best.kinds import CLICKED, READ
from smo_kit.best.told import tally
from smo_kit.best.told.offers import Offering
from smo_kit.best.told.reports import MOST_SECONDS
from smo_kit.core.subjects import Key
from smo_kit.engagement.reports import is_new, new_part
from smo_kit.engagement.services import report


def read(reader: str, page: Key, seconds: int) -> None:
    """Count seconds of reading. Who comes back adds to his own, until he has ``MOST_SECONDS`` of the page that day."""
    what = f"read:{page.content_type_id}:{page.object_pk}"
    if seconds and (n := new_part(reader, what, seconds, limit=MOST_SECONDS)):
        report(READ.id, page, n=n)


def read_after(reader: str, previous: Key, page: Key) -> None:
    """Count two different pages that were read one after the other, in whichever order."""
    if previous != page and is_new(reader, f"pair:{tally.pair_of(previous, page)}"):
        tally.add_pair(previous, page)


def saw(reader: str, offering: Offering) -> None:
    """Count an offer that was seen. Another choice of pages in the same block is another offer."""
    if is_new(reader, f"seen:{offering}"):
        tally.add_shown(offering)


def followed(reader: str, offering: Offering, position: int) -> None:
    """Count an offered page that was chosen: once from this block of this page, wherever in it it stood."""
    chosen = offering.keys[position]
    if is_new(reader, f"followed:{offering.block}:{offering.page}:{chosen}"):
        tally.add_clicked(offering, position)
        report(CLICKED.id, chosen, facet=offering.block)
