"""Comments that a member has written as a guest: he finds them by an address that is proved to be his, and takes them.

Where guests need not confirm their address, a stranger may have written under it. So nothing is taken by itself: a
member sees date, page and words of each, and says which ones are his. What he takes keeps the name under which others
have read and answered it. It speaks neither for nor against him with the rules against spam, which have counted it for
the address.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db.models import F

from smo_kit.comments.models import Action, Entry
from smo_kit.comments.moves import touch
from smo_kit.comments.people import marks_of, member_mark
from smo_kit.comments.querysets import EntryQuerySet
from smo_kit.comments.states import CLAIMED, State
from smo_kit.comments.storage import XtdComment
from smo_kit.core.chunks import in_chunks
from smo_kit.core.emails import as_read
from smo_kit.core.members import proved_addresses
from smo_kit.core.settings import site_id
from smo_kit.core.transactions import patiently

STATES: Final = (State.PUBLISHED, State.HELD)
"""What waits for the word of its guest, was removed or is spam, is nothing to be claimed."""


def claimable(user: Any) -> EntryQuerySet:
    """Return guests' comments of this site at a member's proved addresses, however they were spelled there."""
    addresses = proved_addresses(user)
    marks = {mark for address in addresses for one in (address, as_read(address)) for mark in marks_of(email=one)}
    if not marks:
        return Entry.objects.none()
    rows = Entry.objects.of_site(site_id()).filter(person__in=marks, comment__user=None, state__in=STATES)
    return rows.order_by("-pk")


def claim(user: Any, pks: Collection[int] | None = None) -> int:
    """Make comments a member's own, those of ``pks`` (None: all) that he may claim; return how many that were.

    All in one transaction, once more without harm.
    """
    found = claimable(user)
    wanted = found if pks is None else found.filter(pk__in=list(pks))
    roots = list(wanted.order_by("root_id").values_list("root_id", flat=True).distinct())
    return patiently(lambda: _claim(user, wanted, roots)) if roots else 0


def _claim(user: Any, wanted: EntryQuerySet, roots: list[int]) -> int:
    for some in in_chunks(roots):
        Entry.objects.filter(pk__in=some).update(size=F("size"))  # the lock of each thread
    rows = list(wanted.values_list("pk", "discussion_id", "state"))
    for chunk in in_chunks(rows):
        pks = [pk for pk, _discussion, _state in chunk]
        XtdComment.norel_objects.filter(pk__in=pks).update(user=user)
        Entry.objects.filter(pk__in=pks).update(person=member_mark(user.pk))
        Action.objects.bulk_create(
            Action(site_id=site_id(), entry_id=pk, user=user, verb=CLAIMED, before=state, after=state)
            for pk, _discussion, state in chunk
        )
    for discussion in sorted({discussion for _pk, discussion, _state in rows}):
        touch(discussion)
    return len(rows)
