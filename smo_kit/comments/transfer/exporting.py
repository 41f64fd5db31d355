"""Comments of this site on their way out: readers' words with all that is known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from smo_kit.comments.models import Action, Entry, Origin, Report, Vote
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.comments.transfer.foreign import Foreign
from smo_kit.core.addresses import absolute
from smo_kit.core.chunks import in_chunks
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id

DATES = ("published_at", "edited_at", "pinned_at")
WORDS = ("language", "author_mark", "spam_score", "reasons")


def unknown() -> int:
    """Return how many comments have no Entry yet, and would be left out."""
    count: int = XtdComment.norel_objects.filter(site_id=site_id(), smo=None).count()
    return count


def outgoing() -> Iterator[Foreign]:
    """Yield every comment of this site, those of a page together, each before its replies."""
    found = Entry.objects.filter(discussion__site_id=site_id()).order_by("discussion_id", "path")
    rows = found.select_related("comment__user", "discussion__content_type").iterator(chunk_size=500)
    pages: dict[int, tuple[str, str]] = {}
    for entries in in_chunks(rows):
        more = _more([entry.pk for entry in entries])
        for entry in entries:
            if entry.discussion_id not in pages:
                pages = {entry.discussion_id: _page(entry)}
            yield _foreign(entry, pages[entry.discussion_id], more[entry.pk])


def _foreign(entry: Entry, page: tuple[str, str], more: dict[str, list[Any]]) -> Foreign:
    comment, discussion = entry.comment, entry.discussion
    type_ = discussion.content_type
    return Foreign(
        id=str(entry.pk),
        parent=str(entry.parent_id or ""),
        url=page[0],
        identifier=f"{type_.app_label}.{type_.model}:{discussion.object_pk}",
        title=page[1],
        name=comment.user_name,
        email=comment.user_email,
        website=comment.user_url,
        user=comment.user.get_username() if comment.user else "",
        text=comment.comment,
        submitted=comment.submit_date,
        state=State(entry.state),
        ip=comment.ip_address or "",
        likes=entry.likes,
        dislikes=entry.dislikes,
        more={
            **{name: value.isoformat() for name in DATES if (value := getattr(entry, name))},
            **{name: value for name in WORDS if (value := getattr(entry, name))},
            **({"language": discussion.language} if discussion.language else {}),
            **more,
        },
    )


def _page(entry: Entry) -> tuple[str, str]:
    rows = list(CardRow.objects.filter(**entry.discussion.key.fields).order_by("pk"))
    rows.sort(key=lambda row: row.language != entry.language)
    return (absolute(rows[0].url), rows[0].title) if rows else ("", "")


def _more(pks: list[int]) -> dict[int, dict[str, list[Any]]]:
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    tables: dict[str, tuple[Any, tuple[str, ...]]] = {
        "votes": (Vote, ("voter", "value")),
        "reports": (Report, ("reporter", "reason")),
        "actions": (Action, ("verb", "before", "after", "note")),
        "origins": (Origin, ("source", "mark")),
    }
    for name, (model, columns) in tables.items():
        for pk, *values in model.objects.filter(entry__in=pks).order_by("pk").values_list("entry_id", *columns):
            found[pk][name].append(values)
    return found
