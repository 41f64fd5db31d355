"""``{% smo_comments %}``: the discussion of a page; counts for lists; the latest comments and the best commenters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from django import template
from django.db.models import Model
from django.http import HttpRequest
from django.utils.safestring import SafeString

from smo_kit.comments.conf import CommentsConf, comments_settings, lists_settings
from smo_kit.comments.discussions import conf_of, counts_for, discussion_of, is_open
from smo_kit.comments.listing import Wanted, entry_in
from smo_kit.comments.lists import commenters_html, latest_html
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.rendering import AFTER, SORT, Place, discussion_html, sorts_in
from smo_kit.core.addresses import base_url
from smo_kit.core.converters import id_in
from smo_kit.core.fragments import fragment
from smo_kit.core.looks import with_options
from smo_kit.core.pages import page_for
from smo_kit.core.subjects import Key, key_of

register = template.Library()

OPTIONS: Final = ("view", "sort", "page_size", "collapse_after")


@register.simple_tag(takes_context=True)
def smo_comments(context: Mapping[str, Any], obj: Any = None, **options: Any) -> SafeString:
    """Show the discussion of an object, or of the page: ``{% smo_comments post view="flat" %}``.

    Which comments stand there says the address (``?comments-after=…&comments-sort=…``); it is the same for every
    reader. Options: ``view``, ``sort``, ``page_size``, ``collapse_after``.
    """
    page = page_for(context, obj)
    card, key, request = page.card, page.key, page.request
    if card is None or key is None:
        return SafeString("")
    discussion = discussion_of(key, card.language)
    conf = _with(conf_of(discussion), options)
    wanted = _wanted(discussion, conf, request)
    takes_comments = is_open(discussion, card.published)
    base = base_url(request)

    def render() -> str:
        return discussion_html(Place(wanted, conf, card, discussion.key, takes_comments, base))

    after = wanted.after.pk if wanted.after else 0
    seen = (card.url, card.title, card.summary, card.author, card.author_url, card.published)
    version = (discussion.pk, discussion.version, takes_comments)
    return fragment("comments", (version, conf, wanted.sort, after, base, seen), render)


@register.simple_tag
def smo_comment_counts(objects: Iterable[Model]) -> dict[Key, int]:
    """Count the comments of many objects in one query: ``{% smo_comment_counts posts as counts %}``.

    ``{{ post|smo_comment_count:counts }}`` is the number of one of them.
    """
    return counts_for([one for one in objects if isinstance(one, Model)])


@register.filter
def smo_comment_count(obj: Any, counts: Any = None) -> int:
    """Return how many comments readers see of an object: of ``counts``, else by a query of its own."""
    if not isinstance(obj, Model):
        return 0
    key = key_of(obj)
    return int((counts if isinstance(counts, dict) else counts_for([key])).get(key, 0))


@register.simple_tag
def smo_latest_comments(**options: Any) -> SafeString:
    """Show the last comments of the site: ``{% smo_latest_comments title="Said lately" limit=5 %}``."""
    return latest_html(with_options(lists_settings, options, ("title", "limit"), tag="smo_latest_comments"))


@register.simple_tag
def smo_best_commenters(**options: Any) -> SafeString:
    """Show whose comments readers have liked most: ``{% smo_best_commenters limit=5 days=30 %}``."""
    return commenters_html(with_options(lists_settings, options, ("title", "limit", "days"), tag="smo_best_commenters"))


def _with(conf: CommentsConf, options: dict[str, Any]) -> CommentsConf:
    if not options:
        return conf
    chosen = with_options(comments_settings, options, OPTIONS, tag="smo_comments")
    return replace(conf, **{name: getattr(chosen, name) for name in options if name in OPTIONS})


def _wanted(discussion: Discussion, conf: CommentsConf, request: HttpRequest | None) -> Wanted:
    given: Mapping[str, str] = request.GET if request else {}
    sort = next((sort for sort, _label in sorts_in(conf) if sort == given.get(SORT)), conf.sort)
    after = _entry(discussion, given.get(AFTER, ""))
    return Wanted(discussion=discussion, view=conf.view, sort=sort, size=conf.page_size, after=after)


def _entry(discussion: Discussion, pk: str) -> Entry | None:
    """Return the comment that the page begins after; None, which is the first page, for what is none of it."""
    number = id_in(pk)
    return entry_in(discussion, number) if number else None
