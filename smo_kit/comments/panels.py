"""What a member's own page shows of comments: his own, and those that he may have written as a guest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.claiming import claimable
from smo_kit.comments.lists import subject_of, titles_of
from smo_kit.comments.mentions import permalink
from smo_kit.comments.models import Entry
from smo_kit.comments.services import may_change
from smo_kit.core.converters import id_in
from smo_kit.core.members import Panel, register_panel
from smo_kit.core.own_urls import own_address
from smo_kit.core.settings import site_id
from smo_kit.core.text import cut, one_line

ID: Final = "comments"
BEFORE: Final = "comments-before"
"""Names in the address of the page the comment that those shown are older than."""
SIZE: Final = 10
MOST: Final = 50
"""So many comments of a guest are shown at once; of more it is said that there are."""
EXCERPT: Final = 140
"""Letters of a comment that are shown."""

Titles = Mapping[tuple[int, str], str]


@dataclass(frozen=True, slots=True)
class Own:
    """A comment in a list."""

    entry: Entry
    title: str
    """Of its page; "" if that is not there for everybody any more."""
    words: str
    address: str
    """Of the comment; "" if readers can't see it."""
    edit: str
    """Where its author can change it; "": he can't any more."""


def panel_html(request: HttpRequest) -> SafeString:
    """Return a page of a member's comments, the newest first, and what he may claim: in four queries."""
    before = id_in(request.GET.get(BEFORE, ""))
    rows = Entry.objects.of_site(site_id()).with_comment().filter(comment__user=request.user.pk)
    rows = rows.exclude(comment__comment="").order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    others = list(claimable(request.user).with_comment()[: MOST + 1])
    shown, offered = found[:SIZE], others[:MOST]
    if not (found or before or offered):
        return SafeString("")
    titles = titles_of([*shown, *offered])
    context = {
        "comments": _own(shown, titles, is_his=True),
        "older": f"{request.path}?{BEFORE}={shown[-1].pk}" if len(found) > SIZE else "",
        "first": request.path if before else "",
        "claimable": _own(offered, titles, is_his=False),
        "has_more": len(others) > MOST,
        "claim": own_address("smo_comments:claim"),
        "next": request.get_full_path(),
    }
    return render_to_string("smo_kit/comments/panel.html", context, request=request)


def _own(entries: Sequence[Entry], titles: Titles, *, is_his: bool) -> list[Own]:
    return [
        Own(
            entry=entry,
            title=titles.get(subject_of(entry), ""),
            words=cut(one_line(entry.comment.comment), EXCERPT),
            address=permalink(entry.pk) if entry.is_published else "",
            edit=own_address("smo_comments:edit", entry.pk) if is_his and may_change(entry) else "",
        )
        for entry in entries
    ]


register_panel(Panel(id=ID, label=_("Comments"), html=panel_html, order=30))
