"""Verdicts on what visitors write, and learning from what moderators say of them.

The verbs of the parts are here too, so that an app has one module to ask.
"""

from __future__ import annotations

from hashlib import blake2b

from django.db import router, transaction
from django.utils import timezone

from smo_kit.core.settings import site_id
from smo_kit.spam.models import Decision
from smo_kit.spam.pipeline import verdict_on
from smo_kit.spam.rates import TooMany, admit
from smo_kit.spam.reading import read
from smo_kit.spam.repeats import note, similar
from smo_kit.spam.reputation import Outcome, Standing, ban, forget_author, remember, standing, standings, trust
from smo_kit.spam.submissions import Action, Reason, Signal, Submission, Verdict
from smo_kit.spam.traps import TrapError, TrapFields, Traps, read_traps, trap_fields

__all__ = [
    "Action",
    "Outcome",
    "Reason",
    "Signal",
    "Standing",
    "Submission",
    "TooMany",
    "TrapError",
    "TrapFields",
    "Traps",
    "Verdict",
    "admit",
    "ban",
    "forget_author",
    "judge",
    "learn",
    "note",
    "read_traps",
    "remember",
    "similar",
    "standing",
    "standings",
    "trap_fields",
    "trust",
    "unlearn",
]


def judge(submission: Submission) -> Verdict:
    """Return the verdict on what somebody sends in: its probability of being spam, what to do, and why.

    Nothing is stored. An edit is judged as the whole new text.
    """
    return verdict_on(submission)


def learn(text: str, is_spam: bool, *, language: str = "") -> None:
    """Learn from a moderator's decision; deciding anew on the same text replaces what was said before.

    Every process follows within seconds, this one at once. Of the text only hashed traits are kept.
    """
    before = judge(Submission(text=text, language=language)).score
    with transaction.atomic(using=router.db_for_write(Decision)):
        Decision.objects.update_or_create(
            site_id=site_id(),
            mark=_mark(text),
            defaults={
                "is_spam": is_spam,
                "language": language,
                "features": b"",
                "version": 0,
                "before": before,
                "made": timezone.now(),
            },
        )


def unlearn(text: str) -> None:
    """Take back what was decided on a text."""
    Decision.objects.filter(site_id=site_id(), mark=_mark(text)).delete()


def _mark(text: str) -> str:
    return blake2b(read(text).text.encode("utf-8", "replace"), digest_size=16).hexdigest()
