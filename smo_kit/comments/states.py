"""The states of a comment, and which may follow which."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a comment is on its way. django-comments' flags ``is_public`` and ``is_removed`` always mirror it."""

    PENDING = "pending", _("waits for its guest")
    """A guest has written it and not yet confirmed it by mail."""
    HELD = "held", _("waits for a moderator")
    PUBLISHED = "published", _("published")
    REMOVED = "removed", _("removed")
    SPAM = "spam", _("spam")

    @property
    def flags(self) -> dict[str, bool]:
        """What django-comments keeps of the state: only a published or removed comment takes a place on a page."""
        return {
            "is_public": self in {State.PUBLISHED, State.REMOVED},
            "is_removed": self in {State.REMOVED, State.SPAM},
        }


def state_of_flags(*, is_public: bool, is_removed: bool) -> State:
    """Return the state of a comment that only django-comments knows."""
    if is_removed:
        return State.REMOVED if is_public else State.SPAM
    return State.PUBLISHED if is_public else State.HELD


FOLLOWING: Final[dict[State, frozenset[State]]] = {
    State.PENDING: frozenset({State.HELD, State.PUBLISHED, State.SPAM, State.REMOVED}),
    State.HELD: frozenset({State.PUBLISHED, State.SPAM, State.REMOVED}),
    State.PUBLISHED: frozenset({State.HELD, State.SPAM, State.REMOVED}),
    State.REMOVED: frozenset({State.PUBLISHED, State.HELD, State.SPAM}),
    State.SPAM: frozenset({State.PUBLISHED, State.HELD, State.REMOVED}),
}
"""Nothing becomes pending again: whoever has confirmed once has confirmed."""

VERDICTS: Final = ("publish", "hold", "remove", "spam")
"""What a moderator can say of a comment: verbs of the log."""
EDITED: Final = "edited"
"""The verb of a change of the text; its note is the old one, where that is kept."""
CLAIMED: Final = "claimed"
"""The verb of a member who says that a guest's comment at his address is his."""
UNDO: Final = "undo"
"""The verb that takes the last verdict back."""
