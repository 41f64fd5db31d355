"""The HTML of a block of suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smo_kit.best.conf import BestConf
from smo_kit.best.layouts import PARTS, RELATED, block_name
from smo_kit.best.periods import order_choices
from smo_kit.best.suggestions import Suggestion
from smo_kit.best.told.offers import token_of
from smo_kit.core.own_urls import own_address
from smo_kit.core.subjects import Key


@dataclass(frozen=True, slots=True)
class Asked:
    """A block that a page asks for. ``page`` None: one that nothing can hang on."""

    what: str
    conf: BestConf
    page: Key | None

    @property
    def title(self) -> str:
        """Its heading."""
        return self.conf.title or str(_title(self.what, self.conf))


def block_html(asked: Asked, suggestions: Sequence[Suggestion], *, is_again: bool = False) -> str:
    """Return a block; "" if there is nothing to suggest. ``is_again``: another of the page has the same heading."""
    if not suggestions:
        return ""
    what, conf, page = asked.what, asked.conf, asked.page
    context = {
        "conf": conf,
        "parts": PARTS[conf.layout],
        "title": asked.title,
        "is_again": is_again,
        "suggestions": suggestions,
        "language": get_language() or "",
        "offer": token_of(block_name(what, conf.layout), page, [one.key for one in suggestions]),
        "page": page.sign() if page else "",
        "tell": own_address("smo_best:told"),
    }
    return render_to_string("smo_kit/best/block.html", context)


def _title(what: str, conf: BestConf) -> Any:
    if what == RELATED:
        return _("Read next")
    return _("Announcements") if conf.layout == "announcements" else dict(order_choices())[conf.period]
