"""The story of one personal link: what happened to it, in order, and what that proves."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smo_kit.share.models import Fetch, PersonalLink
from smo_kit.share.reports import name_of
from smo_kit.share.rung_words import LADDER, Step
from smo_kit.share.rungs import Rung

FETCHES: Final = 50
"""So many of its fetches are told, the last ones."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a link."""

    at: dt.datetime
    text: str
    rung: Rung
    """What it is of; of the same moment the lower comes first."""
    verdict: str = ""
    """What is known of a robot's address."""
    agent: str = ""
    """What the robot calls itself."""


@dataclass(frozen=True, slots=True)
class Climbed:
    """A rung of the ladder, and when the link last came to it; None: it has not."""

    step: Step
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Day:
    """How many came by a link on a day."""

    day: dt.date
    visitors: int
    percent: float
    """Of the day on which most came."""


@dataclass(frozen=True, slots=True)
class Story:
    """All that an editor is told of a link."""

    ladder: list[Climbed]
    events: list[Event]
    older: int
    """Fetches that are not told."""
    days: list[Day]


def story_of(link: PersonalLink) -> Story:
    """Return what happened to a link: in three queries."""
    count = link.fetches.count()
    fetches = list(link.fetches.order_by("-at", "-pk")[:FETCHES])
    happened = [*(_fetched(one, link) for one in reversed(fetches)), *_own(link)]  # a fetch before what follows of it
    events = [
        Event(link.made, _("The link was made."), Rung.OPENED),
        *sorted(happened, key=lambda one: (one.at, one.rung)),
    ]
    ladder = [Climbed(step, link.at(step.rung)) for step in LADDER.values()]
    return Story(ladder, events, count - len(fetches), _days(link))


def _own(link: PersonalLink) -> Iterator[Event]:
    if link.opened:
        words = ngettext(
            "Its sharer went to %(network)s.", "Its sharer last went to %(network)s; he did so %(n)d times.", link.times
        )
        yield Event(link.opened, words % {"network": name_of(link.network), "n": link.times}, Rung.OPENED)
    said = {
        Rung.PREVIEWED: _("A preview was fetched within the time that counts."),
        Rung.VERIFIED: _("The address of the robot was found to be the network's own."),
        Rung.VISITED: _("Somebody else came by the link."),
    }
    for rung, text in said.items():
        if at := link.at(rung):
            yield Event(at, text, rung)


def _fetched(fetch: Fetch, link: PersonalLink) -> Event:
    words = _("A robot that calls itself %(network)s fetched it.") % {"network": name_of(fetch.network)}
    if fetch.network != link.network:
        words = f"{words} {_('It is of another network than the link, so it proves nothing.')}"
    return Event(fetch.at, words, Rung.PREVIEWED, fetch.get_verdict_display(), fetch.agent)


def _days(link: PersonalLink) -> list[Day]:
    """Return the days on which others came, the first first. The database counts hours, whose zone each knows."""
    hours: Any = link.visitors.annotate(hour=TruncHour("at", tzinfo=dt.UTC)).values_list("hour")
    counts: Counter[dt.date] = Counter()
    for hour, n in hours.annotate(n=Count("pk")).order_by("hour"):
        counts[_day_of(hour)] += n
    most = max(counts.values(), default=1)
    return [Day(day, n, 100 * n / most) for day, n in counts.items()]


def _day_of(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment) if timezone.is_aware(moment) else moment.date()
