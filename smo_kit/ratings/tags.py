"""``{% smo_rate %}``: the stars, the like or the reactions of a page; the ratings of many for lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import template
from django.db.models import Model
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.core.fragments import fragment
from smo_kit.core.looks import with_options
from smo_kit.core.pages import page_for
from smo_kit.core.subjects import Key, key_of
from smo_kit.ratings.conf import ratings_settings
from smo_kit.ratings.models import Summary
from smo_kit.ratings.rendering import form_html
from smo_kit.ratings.services import summaries
from smo_kit.ratings.signed import Thing
from smo_kit.ratings.tallies import tally
from smo_kit.ratings.words import how_many, mean_of

register = template.Library()

OPTIONS: Final = ("kind", "counts", "minimum")


@register.simple_tag(takes_context=True)
def smo_rate(context: Mapping[str, Any], obj: Any = None, **options: Any) -> SafeString:
    """Let readers rate an object, or the page: ``{% smo_rate post kind="like" %}``.

    It is the same for every reader. Options: ``kind``, ``counts``, ``minimum``.
    """
    page = page_for(context, obj)
    if page.card is None or page.key is None:
        return SafeString("")
    conf = with_options(ratings_settings, options, OPTIONS, tag="smo_rate")
    thing = Thing(page.key.speaking(get_language() or ""), conf.kind)
    summary = tally(page.key, conf.kind)
    return fragment("rate", (thing, conf, summary.figures()), lambda: form_html(thing, summary, conf))


@register.simple_tag
def smo_rating_counts(objects: Iterable[Model], kind: str = "") -> dict[Key, Summary]:
    """Return the ratings of many objects in one query: ``{% smo_rating_counts posts as ratings %}``.

    ``{{ post|smo_rating:ratings }}`` are those of one of them.
    """
    return summaries([one for one in objects if isinstance(one, Model)], kind=kind)


@register.filter
def smo_rating(obj: Any, ratings: Any = None) -> Summary | None:
    """Return the ratings of an object: of ``ratings``, else by a query of its own. ``count``, ``average``, ``values``.

    None for what is no object.
    """
    if not isinstance(obj, Model):
        return None
    key = key_of(obj)
    found: Summary | None = (ratings if isinstance(ratings, dict) else summaries([key])).get(key)
    return found


@register.filter
def smo_mean(rating: Any) -> str:
    """Return an average as people read it, "4.6"; "" while there are too few ratings, and for what is no stars."""
    return mean_of(rating, ratings_settings()) if isinstance(rating, Summary) else ""


@register.filter
def smo_raters(rating: Any) -> str:
    """Return how many have rated, in words: "23 ratings"; "" for none."""
    return how_many(rating.count) if isinstance(rating, Summary) and rating.count else ""
