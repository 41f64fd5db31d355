"""What moderators decide, each decision learned from and written down."""

from __future__ import annotations

from typing import Any, Final

from smo_kit.comments.models import Action, Entry
from smo_kit.comments.moves import move
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.spam.services import Outcome, Submission, learn, remember

STATES: Final = {"publish": State.PUBLISHED, "hold": State.HELD, "remove": State.REMOVED, "spam": State.SPAM}
"""Where each verdict of a moderator brings a comment."""
OUTCOMES: Final[dict[str, Outcome]] = {"publish": "published", "remove": "removed", "spam": "spam"}


def decide(entry: Entry, verdict: str, *, user: Any = None, note: str = "") -> bool:
    """Carry out a moderator's verdict (a key of STATES), and learn from it; return whether it changed anything.

    ``user`` is the moderator, None for who came by a link of a mail.
    """
    if not move(entry, STATES[verdict], user=user, verb=verdict, note=note):
        return False
    comment = entry.comment
    if verdict in {"publish", "spam"}:
        learn(comment.comment, verdict == "spam", language=entry.language)
    if verdict in OUTCOMES:
        remember(author_of(comment), OUTCOMES[verdict], instead_of=_last_outcome(entry))
    return True


def author_of(comment: XtdComment) -> Submission:
    """Return what the spam app knows the author of a comment by."""
    return Submission(
        text=comment.comment,
        name=comment.user_name,
        email=comment.user_email,
        url=comment.user_url,
        address=comment.ip_address or "",
        user_id=comment.user_id,
    )


def _last_outcome(entry: Entry) -> Outcome | None:
    """Return what was remembered of this comment before the decision that stands last in its log."""
    verbs = Action.objects.filter(entry=entry, verb__in=OUTCOMES).order_by("-pk").values_list("verb", flat=True)[1:2]
    return OUTCOMES[verbs[0]] if verbs else None
