"""``{% smo_related %}``: what to read after this page; ``{% smo_best %}``: the best pages, or the newest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from smo_kit.best.conf import best_settings
from smo_kit.best.layouts import BEST, RELATED
from smo_kit.best.on_page import OnPage, on_page
from smo_kit.best.order.exploring import period_of
from smo_kit.best.rendering import Asked, block_html
from smo_kit.best.services import best_of, related_to
from smo_kit.best.stamp import stamp
from smo_kit.best.suggestions import Suggestion
from smo_kit.core.fragments import dense, kept
from smo_kit.core.looks import with_options
from smo_kit.core.pages import page_for
from smo_kit.core.subjects import Key

register = template.Library()

RELATED_OPTIONS: Final = ("layout", "limit", "title", "reasons", "kind", "tag", "language", "locked", "fill")
BEST_OPTIONS: Final = ("period", *RELATED_OPTIONS)


@register.simple_tag(takes_context=True)
def smo_related(context: Mapping[str, Any], obj: Any = None, **options: Any) -> SafeString:
    """Show what to read after an object, or after the page: ``{% smo_related post layout="next" limit=3 %}``.

    Options: ``layout``, ``limit``, ``title``, ``reasons``, ``kind``, ``tag``, ``language``, ``locked``, ``fill``.
    """
    page = page_for(context, obj)
    if page.card is None or page.key is None or not page.language:
        return SafeString("")
    conf = with_options(best_settings, options, RELATED_OPTIONS, tag="smo_related")
    key = page.key.speaking(page.language)
    period = period_of(key, conf.explore_hours, timezone.now())

    def find(without: Sequence[Key]) -> list[Suggestion]:
        return related_to(key, conf, without=without)

    return _shown(Asked(RELATED, conf, page.key), (key, period), find, on_page(context))


@register.simple_tag(takes_context=True)
def smo_best(context: Mapping[str, Any], **options: Any) -> SafeString:
    """Show the best pages of a period, or the newest: ``{% smo_best period="week" tag="rust" layout="compact" %}``.

    The page that it stands on is left out. Options: ``period``, and those of ``smo_related``. Announcements are the
    newest unless ``period`` says otherwise.
    """
    if options.get("layout") == "announcements":
        options = {"period": "new", **options}
    conf = with_options(best_settings, options, BEST_OPTIONS, tag="smo_best")
    page = page_for(context)
    language = page.language or get_language() or ""

    def find(without: Sequence[Key]) -> list[Suggestion]:
        return best_of(conf, language, without=[*without, page.key] if page.key else without)

    return _shown(Asked(BEST, conf, page.key), language, find, on_page(context))


def _shown(
    asked: Asked, depends_on: object, find: Callable[[Sequence[Key]], list[Suggestion]], there: OnPage
) -> SafeString:
    """Return a block of what ``find`` returns, without what other blocks of the page have offered before it."""
    without, is_again = there.subjects, there.names(asked.title)

    def make() -> tuple[str, list[Key]]:
        suggestions = find(without)
        return dense(block_html(asked, suggestions, is_again=is_again)), [one.key for one in suggestions]

    html, keys = kept(asked.what, (asked, depends_on, without, is_again, stamp()), make)
    if keys:
        there.add(asked.title, keys)
    return mark_safe(html)  # of a template
