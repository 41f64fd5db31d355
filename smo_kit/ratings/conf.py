"""Settings of ratings. Some that an editor may change can also be options of the tag."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import AppSettings, editable
from smo_kit.core.values import between

Kind = Literal["stars", "like", "reactions"]

STARS: Final = 5
MOST_REACTIONS: Final = 12
SYMBOL_LENGTH: Final = 8
LABEL_LENGTH: Final = 40
REACTION: Final = re.compile(r"([a-z0-9_-]{1,16})\s*:\s*(\S+)\s+(\S.*)")
MANY: Final = 100_000


def kind_choices() -> list[tuple[str, Any]]:
    """What readers may give."""
    return [
        ("stars", _("One to five stars")),
        ("like", _("A like")),
        ("reactions", _("One of several reactions")),
    ]


def _are_reactions(lines: tuple[Any, ...]) -> str:
    found = [str(line).strip() for line in lines]
    seen: set[str] = set()
    for line in found:
        parts = REACTION.fullmatch(line)
        if not parts:
            return gettext("must have lines like “thanks: ♥ Thank you”, not %(line)r") % {"line": line}
        id_, symbol, label = parts.groups()
        if len(symbol) > SYMBOL_LENGTH or len(label) > LABEL_LENGTH:
            words = {"line": line, "symbol": SYMBOL_LENGTH, "label": LABEL_LENGTH}
            return gettext(
                "has too long a line: %(line)r. A symbol has up to %(symbol)s letters, a label %(label)s."
            ) % (words)
        if id_ in seen:
            return gettext("has the name %(name)r twice") % {"name": id_}
        seen.add(id_)
    if len(found) > MOST_REACTIONS:
        return gettext("may have %(most)s lines, not %(have)s") % {"most": MOST_REACTIONS, "have": len(found)}
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsConf:
    """``SMO_KIT["RATINGS"]``."""

    kind: Kind = editable(
        "stars",
        label=_("What readers give"),
        help=_("What was given of another kind is kept, and shown again when you come back to that."),
        choices=kind_choices,
    )
    """What readers give where the template does not say it."""
    reactions: tuple[str, ...] = editable(
        (),
        label=_("Reactions"),
        help=_(
            "A line for each: “thanks: ♥ Thank you” is its name, which stays, a symbol and words. Empty: useful, "
            "thank you, funny, surprising, sad."
        ),
        multiline=True,
        check=_are_reactions,
    )
    """Lines ``id: symbol label``; (): the suite's own five."""
    minimum: int = editable(
        3,
        label=_("Ratings that make an average"),
        help=_("With fewer no average is shown, and nothing said to search engines."),
        check=between(1, MANY),
    )
    """So many ratings are needed before their average is shown."""
    counts: bool = editable(True, label=_("Show counts"), help=_("How many readers have rated."))
    search: bool = editable(
        True,
        label=_("Tell search engines"),
        help=_("The average of stars is in the data of a page. Only where readers see the stars on that page."),
    )
    """Whether ``aggregateRating`` is in the JSON-LD of articles. The site promises to show the stars there."""
    ratings_an_hour: int = editable(
        60,
        label=_("Ratings an hour"),
        help=_("So many may come from one network address."),
        check=between(1, MANY),
    )
    newcomers_a_day: int = editable(
        5,
        label=_("Guests a day"),
        help=_(
            "So many guests may rate one page from one network address within a day. A household has several; more may "
            "be somebody who throws his cookies away. Members are not counted: a whole classroom can sign in."
        ),
        check=between(1, MANY),
    )


ratings_settings = AppSettings("RATINGS", RatingsConf, _("Ratings"))
