"""The HTML of a block of suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smo_kit.best.conf import BestConf
from smo_kit.best.layouts import PARTS, block_name
from smo_kit.best.periods import order_choices
from smo_kit.best.suggestions import Suggestion
from smo_kit.best.told.offers import token_of
from smo_kit.core.own_urls import own_address
from smo_kit.core.subjects import Key

RELATED = "related"
BEST = "best"


def block_html(what: str, conf: BestConf, page: Key | None, suggestions: Sequence[Suggestion]) -> str:
    """Return a block on a page (None: one that nothing can hang on); "" if there is nothing to suggest."""
    if not suggestions:
        return ""
    context = {
        "conf": conf,
        "parts": PARTS[conf.layout],
        "title": conf.title or _title(what, conf),
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
