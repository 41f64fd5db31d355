"""Settings of what is offered to read next. Those of a block can also be options of its tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from smo_kit.best.periods import Order, order_choices
from smo_kit.core.settings import AppSettings, editable, fixed
from smo_kit.core.values import between, not_negative, positive

Layout = Literal["list", "cards", "compact", "next", "announcements"]

EVERY_LANGUAGE: str = "*"
"""What stands for every language in an option."""
MOST: int = 12
"""Pages in a block at the most."""
CARDS_OF_ONE: int = 10
"""Rows that are read for each page that is wanted when every language is: a page may be there in several."""


def layout_choices() -> list[tuple[str, Any]]:
    """Return how a block may look."""
    return [
        ("list", _("List: title and summary, a small picture")),
        ("cards", _("Cards with large pictures")),
        ("compact", _("Titles alone")),
        ("next", _("Strip “Read next”: one large, others beside it")),
        ("announcements", _("Announcements: date, title, summary")),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class BestConf:
    """``SMO_KIT["BEST"]``."""

    limit: int = editable(4, label=_("Pages in a block"), help=_("Up to 12."), check=between(1, MOST))
    layout: Layout = editable(
        "cards",
        label=_("Layout"),
        help=_("How a block looks where the template does not say it."),
        choices=layout_choices,
    )
    title: str = editable("", label=_("Heading"), help=_("Empty: “Read next”, or what the list holds."))
    reasons: bool = editable(
        False,
        label=_("Say why"),
        help=_("A line under each page: “By the same author”, “Readers of this also read”."),
    )
    period: Order = editable(
        "month",
        label=_("What comes first"),
        help=_("Of lists of the best, where the template does not say it. Editors' picks stand before the best."),
        choices=order_choices,
    )
    kind: str = editable(
        "", label=_("Kind"), help=_("Only pages whose card is of this kind, such as “article”. Empty: all.")
    )
    tag: str = editable("", label=pgettext_lazy("of a page", "Tag"), help=_("Only pages with this tag. Empty: all."))
    language: str = editable(
        "",
        label=_("Language"),
        help=_("A code such as “en”; an asterisk (*) is every language. Empty: that of the page."),
    )
    locked: bool = editable(
        False, label=_("Offer what is locked"), help=_("Pages that can't be read without unlocking them.")
    )
    fill: bool = editable(
        True,
        label=_("Fill up with new pages"),
        help=_("Where fewer pages are alike than there is room for, the newest follow."),
    )
    leave_out: tuple[str, ...] = editable(
        ("profile", "website"),
        label=_("Kinds that are never offered"),
        help=_("Kinds of cards, one to a line."),
    )
    """Kinds of cards that the index leaves out."""
    same: int = editable(
        2,
        label=_("Pages of one series"),
        help=_("At most so many of one series in a block, unless there is nothing else. 0: any number."),
        check=not_negative,
    )
    fresh_days: int = editable(
        180,
        label=_("Days until a page is half as fresh"),
        help=_("Of two pages that are alike to this one the newer comes first. 0: age does not count."),
        check=not_negative,
    )
    explore: int = editable(
        20,
        label=_("Places for trying, per cent"),
        help=_("So many of the places go to pages that have been offered seldom, so that the good ones are found."),
        check=between(0, 50),
    )
    explore_hours: int = fixed(24, check=positive)
    """For how many hours a page tries the same: its bytes stay equal meanwhile."""
    half_life_days: int = editable(
        30,
        label=_("Days until an act counts half"),
        help=_("Of lists of the best. 0: what was done long ago counts as much as what is done today."),
        check=not_negative,
    )
    viewed: int = editable(
        1, label=_("Weight of a reader"), help=_("One who has looked at the page, once a day."), check=not_negative
    )
    minute: int = editable(
        1, label=_("Weight of a minute of reading"), help=_("Ten minutes of a reader at most."), check=not_negative
    )
    opened: int = editable(
        4,
        label=_("Weight of a share button that was pressed"),
        help=_("Nobody knows whether it was shared."),
        check=not_negative,
    )
    previewed: int = editable(
        6,
        label=_("Weight of a share that a network has looked at"),
        help=_("It has fetched the link."),
        check=not_negative,
    )
    verified: int = editable(
        8,
        label=_("Weight of a share that is sure"),
        help=_("The network itself has fetched the link."),
        check=not_negative,
    )
    visited: int = editable(
        12, label=_("Weight of a share that brought a visitor"), help=_("Somebody else came by it."), check=not_negative
    )
    commented: int = editable(8, label=_("Weight of a comment"), help=_("A published one."), check=not_negative)
    rated: int = editable(
        6, label=_("Weight of a rating"), help=_("A high one counts whole, a low one takes away."), check=not_negative
    )
    clicked: int = editable(
        2, label=_("Weight of a click on an offer"), help=_("Somebody chose it from a block."), check=not_negative
    )
    renew_minutes: int = fixed(15, check=positive)
    """How old the scores of what is best may be before ``smo_sync`` works them out again."""


best_settings = AppSettings("BEST", BestConf, _("Best materials"))
