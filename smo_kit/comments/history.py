"""What was done to a comment, read from its log of Actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_noop

from smo_kit.comments.models import Action, Entry
from smo_kit.comments.states import EDITED, UNDO, VERDICTS

BY_MAIL: Final = gettext_noop("by mail")
"""The note of what a moderator did by the link of a mail."""


def in_force(actions: Iterable[Action]) -> list[Action]:
    """Return those of one comment's actions, oldest first, that changed its state or its text or are a verdict and
    still stand.
    """
    standing: list[Action] = []
    for action in actions:
        if action.verb == UNDO:
            del standing[-1:]
        elif action.verb in {*VERDICTS, EDITED} or action.before != action.after:
            standing.append(action)
    return standing


def history_of(entry: Entry) -> list[Action]:
    """Return what was done to a comment and still stands, oldest first."""
    return in_force(Action.objects.filter(entry=entry).order_by("pk"))


def of_this_text(history: Iterable[Action]) -> list[Action]:
    """Return what of a history has happened since the text was changed last."""
    history = list(history)
    edits = [place for place, action in enumerate(history) if action.verb == EDITED]
    return history[edits[-1] + 1 :] if edits else history


def kept_at(entry: Entry) -> dt.datetime | None:
    """Return when a moderator last said that a comment may stay, if that stands."""
    return next((action.at for action in reversed(history_of(entry)) if action.verb == "publish"), None)


def last_verb(history: Iterable[Action], verbs: Iterable[str]) -> str:
    """Return the last of these verbs in a history, "" if there is none."""
    wanted = set(verbs)
    return next((action.verb for action in reversed(list(history)) if action.verb in wanted), "")
