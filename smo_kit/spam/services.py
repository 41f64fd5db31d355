"""Verdicts on what visitors write, and learning from what moderators say of them.

The verbs of the parts are here too, so that an app has one module to ask.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final

from django.utils import timezone

from smo_kit.core.settings import site_id
from smo_kit.spam.admission import TooMany, admit
from smo_kit.spam.features import VERSION, features_of
from smo_kit.spam.memory import WINDOW, held_filter, look_again
from smo_kit.spam.models import Decision, Model
from smo_kit.spam.pipeline import by_hand, verdict_on
from smo_kit.spam.reading import read
from smo_kit.spam.repeats import forget, note, similar
from smo_kit.spam.reputation import (
    GOOD_DAYS,
    Outcome,
    Standing,
    ban,
    forget_author,
    remember,
    standing,
    standings,
    trust,
)
from smo_kit.spam.submissions import Action, Reason, Signal, Submission, Verdict
from smo_kit.spam.training import Training
from smo_kit.spam.traps import TrapError, TrapFields, Traps, read_traps, trap_fields

__all__ = [
    "GOOD_DAYS",
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
    "forget",
    "forget_author",
    "judge",
    "keep_model",
    "learn",
    "note",
    "read_traps",
    "remember",
    "similar",
    "standing",
    "standings",
    "sweep_decisions",
    "trap_fields",
    "trust",
    "unlearn",
]

DECISIONS: Final = 2 * WINDOW
"""Decisions that are kept."""
MODELS: Final = 2
"""Trained models that are kept."""


def judge(submission: Submission) -> Verdict:
    """Return the verdict on what somebody sends in: its probability of being spam, what to do, and why.

    Nothing is stored. An edit is judged as the whole new text.
    """
    return verdict_on(submission)


def learn(text: str, is_spam: bool, *, language: str = "") -> None:
    """Learn from a moderator's decision; deciding anew on the same text replaces what was said before.

    Every process follows within seconds, this one at once. Of the text only hashed features are kept.
    """
    submission = Submission(text=text, language=language)
    Decision.objects.update_or_create(
        site_id=site_id(),
        mark=_mark(text),
        defaults={
            "is_spam": is_spam,
            "language": language,
            "features": features_of(text).pack(),
            "version": VERSION,
            "by_hand": by_hand(submission),
            "before": verdict_on(submission, held_filter(), explains=False).score,
            "made": timezone.now(),
        },
    )
    look_again()


def unlearn(text: str) -> None:
    """Take back what was decided on a text."""
    Decision.objects.filter(site_id=site_id(), mark=_mark(text)).delete()
    look_again()


def sweep_decisions() -> int:
    """Drop decisions that count no more; return how many."""
    decisions = Decision.objects.filter(site_id=site_id())
    kept = decisions.order_by("-made", "-pk").values_list("pk", flat=True)[:DECISIONS]
    return decisions.exclude(pk__in=list(kept)).delete()[0]


def keep_model(training: Training) -> dict[str, Any]:
    """Store a model that has been trained, for all processes of this site; return its figures. Older ones go, but for
    the last, so that a bad one can be deleted."""
    data = training.trained.pack()
    spam = sum(one.is_spam for texts in training.sources.values() for one in texts)
    figures = {
        "n": training.rows,
        "spam": spam,
        "ham": training.rows - spam,
        "sources": len(training.sources),
        "features": len(training.trained),
        "bytes": len(data),
    }
    model = Model.objects.create(data=data, figures=figures)
    kept = Model.objects.filter(site_id=model.site_id).order_by("-made", "-pk").values_list("pk", flat=True)[:MODELS]
    Model.objects.filter(site_id=model.site_id).exclude(pk__in=list(kept)).delete()
    look_again()
    return figures


def _mark(text: str) -> str:
    return blake2b(read(text).text.encode("utf-8", "replace"), digest_size=16).hexdigest()
