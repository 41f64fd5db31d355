"""Clicks on offers as a table for programs: a line for each offer of a week."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from typing import Final

from smo_kit.best.desk.address_field import titles_of
from smo_kit.best.models import Offer
from smo_kit.best.periods import monday
from smo_kit.core.chunks import in_chunks
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key

HEAD: Final = ("week", "block", "page", "page_address", "place", "offered", "offered_address", "shown", "clicked")
"""The columns: the same in every language, since programs read them."""
TOGETHER: Final = 500
"""Lines whose titles are looked up together."""
MARK: Final = "\ufeff"
"""By it Excel knows UTF-8."""
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """What a ``csv.writer`` writes to: it gives the line back."""

    def write(self, text: str) -> str:
        """Return the line."""
        return text


def csv_of(weeks: int, block: str, language: str) -> Iterator[str]:
    """Yield the lines of the last weeks, the newest first; titles in a language. ``block`` "": of all."""
    writer = csv.writer(_Line())
    yield MARK + str(writer.writerow(HEAD))
    offers = Offer.objects.filter(site_id=site_id(), week__gt=monday() - dt.timedelta(weeks=weeks))
    offers = offers.filter(block=block) if block else offers
    offers = offers.order_by("-week", "block", "page_type_id", "page_pk", "position", "pk")
    for some in in_chunks(offers.iterator(TOGETHER), TOGETHER):
        ends = {one.pk: (Key(one.page_type_id, one.page_pk), Key(one.shown_type_id, one.shown_pk)) for one in some}
        known = titles_of({key for pair in ends.values() for key in pair}, language)
        for one in some:
            page, offered = (_named(key, known.get(key)) for key in ends[one.pk])
            line = (one.week, one.block, *page, one.position + 1, *offered, one.shown, one.clicked)
            yield str(writer.writerow(line))


def _named(key: Key, page: CardRow | None) -> tuple[str, str]:
    """Return a page's title and address; of one that is gone its number."""
    return (_harmless(str(page)), page.url) if page else (_harmless(key.object_pk), "")


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a title for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
