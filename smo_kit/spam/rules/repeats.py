"""The same text, or nearly the same, again and again."""

from __future__ import annotations

from smo_kit.core.sayings import gettext as _
from smo_kit.spam.repeats import repetitions
from smo_kit.spam.submissions import Signal, Submission


class Repeated:
    """Look-alikes anywhere on this site, within the last days."""

    def judge(self, submission: Submission) -> Signal | None:
        times = repetitions(submission.text, without=submission.own)
        if not times:
            return None
        return Signal(min(0.8 * times, 4.0), _("Sent in before, nearly the same: %(times)s.") % {"times": times})
