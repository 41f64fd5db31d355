"""Personal links, and who came by them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from demo_site.articles.filling.in_database import DAY, OF_PAGE, PK, Fill, moment
from smo_kit.share.models import PersonalLink, Visit

TOKEN: Final = f"'fill-' || {PK} || '-' || d"


def fill_links(wanted: int) -> Iterator[int]:
    """Have pages shared until there are so many links; yield how many there are."""
    at = moment(f"(d * 11 + a.id) %% {300 * DAY}")
    links = Fill(
        PersonalLink,
        {
            **OF_PAGE,
            "token": TOKEN,
            "sharer": "'fill ' || ((a.id * 31 + d * 7) %% 100000)",
            "language": "'en'",
            "network": "CASE d %% 3 WHEN 0 THEN 'telegram' WHEN 1 THEN 'reddit' ELSE 'vk' END",
            "home": "''",
            "times": "1",
            "visits": "1",
            "made": at,
            "opened": at,
            "visited": at,
        },
    )
    yield from links.run(wanted)


def fill_visits(wanted: int) -> Iterator[int]:
    """Have somebody come by each link until there are so many visits; yield how many there are."""
    visits = Fill(
        Visit,
        {"link_id": "p.id", "who": "'fill'", "at": moment(f"(d * 11 + a.id) %% {20 * DAY}")},
        joins=f"JOIN smo_share_personallink p ON p.token = {TOKEN}",
    )
    yield from visits.run(wanted)
