"""How often locks were shown, tried and opened, as the admin shows it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from smo_kit.core.rates import ENOUGH, Bar, Rate, full
from smo_kit.lock.counting import today
from smo_kit.lock.desk.words import TEASERS, network_words, ways_words
from smo_kit.lock.models import Count

PERIODS: Final = (30, 7, 0)
"""Of how many days the figures can be seen, the usual first; 0: of all."""
LISTED_DAYS: Final = 30
"""Of how many days the list of locks shows them."""
VARIANTS: Final = ("a", "b")
"""Two teasers that are tried against each other."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """How often something was shown, tried and opened; of a way or a network nobody knows how often it was shown."""

    label: str = ""
    shown: int = 0
    tried: int = 0
    opened: int = 0

    @property
    def opening(self) -> Rate:
        """Openings of each showing. There is no opening without a showing, even where several readers count as one."""
        return Rate(max(self.shown, self.opened), self.opened)

    @property
    def succeeding(self) -> Rate:
        """Openings of each try. What was tried on the day before a period can open within it."""
        return Rate(max(self.tried, self.opened), self.opened)

    def __str__(self) -> str:
        return f"{self.shown} → {self.tried} → {self.opened}"


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one kind, each with its bar."""

    caption: str
    rows: list[tuple[Funnel, Bar]]
    has_shown: bool = False
    """Whether it is of showings, and its bars are too; else bars are of tries."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All of one lock."""

    whole: Funnel
    tables: list[Table]
    verdict: str
    """Which teaser is better, or that it can't be told; "": there is but one."""


def funnels(lock_ids: Collection[int], days: int = LISTED_DAYS) -> dict[int, Funnel]:
    """Return the figures of many locks in one query; one that was never shown is left out."""
    sums: dict[int, dict[str, int]] = {}
    rows = _since(Count.objects.filter(lock__in=lock_ids), days).values_list("lock_id", "what")
    for lock_id, what, n in rows.annotate(sum=Sum("n")).order_by():
        sums.setdefault(lock_id, {})[what] = n
    return {lock_id: _funnel("", of) for lock_id, of in sums.items()}


def figures_of(lock_id: int, days: int, *, has_two: bool = False) -> Figures:
    """Return the figures of a lock over so many days (0: all), in one query.

    ``has_two`` says that two teasers are tried against each other at present: they have a table before they were shown.
    """
    rows = _since(Count.objects.filter(lock=lock_id), days).values_list("what", "way", "network", "variant")
    sums = list(rows.annotate(sum=Sum("n")).order_by())
    whole: Counter[str] = Counter()
    ways: dict[str, Counter[str]] = {}
    networks: dict[str, Counter[str]] = {}
    variants: dict[str, Counter[str]] = {one: Counter() for one in VARIANTS} if has_two else {}
    for what, way, network, variant, n in sums:
        whole[what] += n
        variants.setdefault(variant, Counter())[what] += n
        for name, found in ((way, ways), (network, networks)):
            if name:
                found.setdefault(name, Counter())[what] += n
    by_way = [_funnel(ways_words([name]), of) for name, of in ways.items()]
    by_network = [_funnel(network_words(name), of) for name, of in networks.items()]
    by_variant = {name: _funnel(str(TEASERS.get(name, name)), variants[name]) for name in sorted(variants)}
    is_tried = any(by_variant)
    tables = [
        _table(_("By way"), by_way),
        _table(_("By network"), by_network),
        _table(_("By teaser"), by_variant.values() if is_tried else (), has_shown=True),
    ]
    verdict = verdict_of(by_variant.get("a", Funnel()), by_variant.get("b", Funnel())) if is_tried else ""
    return Figures(_funnel("", whole), [one for one in tables if one.rows], verdict)


def verdict_of(a: Funnel, b: Funnel) -> str:
    """Return a sentence: which of two teasers opens more often, or that it can't be told."""
    one, other = a.opening, b.opening
    if one.is_few or other.is_few:
        few = _("It can't be told yet which is better: each must be shown %(n)s times, they were %(a)s and %(b)s.")
        return few % {"n": ENOUGH, "a": a.shown, "b": b.shown}
    if one.low > other.high:
        return _("The first teaser is better: more readers open the lock who see it.")
    if other.low > one.high:
        return _("The second teaser is better: more readers open the lock who see it.")
    return _("It can't be told yet which is better: they are as good as each other, or need more readers.")


def _since(rows: QuerySet[Count], days: int) -> QuerySet[Count]:
    return rows.filter(day__gt=today() - dt.timedelta(days=days)) if days else rows


def _funnel(label: str, of: dict[str, int] | Counter[str]) -> Funnel:
    return Funnel(label, of.get("shown", 0), of.get("tried", 0), of.get("opened", 0))


def _table(caption: str, rows: Iterable[Funnel], *, has_shown: bool = False) -> Table:
    rates = [(row, row.opening if has_shown else row.succeeding) for row in rows]
    top = full(rate for _row, rate in rates)
    ordered = sorted(rates, key=lambda one: -one[0].tried) if not has_shown else rates
    return Table(caption, [(row, Bar(rate, top)) for row, rate in ordered], has_shown)
