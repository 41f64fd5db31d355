"""What the site knows of the author."""

from __future__ import annotations

from smo_kit.core.sayings import gettext as _
from smo_kit.spam.reputation import GOOD_DAYS, standing
from smo_kit.spam.submissions import Signal, Submission


class Reputed:
    """Trust earned on this site, or lost."""

    def judge(self, submission: Submission) -> Signal | None:
        if submission.user_id is None and not submission.email:
            return None
        known = standing(submission)
        if known.banned:
            return Signal(12.0, _("The author is banned."))
        if known.trusted:
            return Signal(-6.0, _("The author is trusted."))
        score = min(1.2 * known.spam + 0.5 * known.removed, 5.0) - min(0.5 * known.published, 2.5)
        if not score:
            return None
        return Signal(
            score,
            _("The author's texts so far: %(published)s published, %(removed)s removed, %(spam)s spam.")
            % {"published": known.published, "removed": known.removed, "spam": known.spam},
        )


class Regular:
    """What nobody has objected to speaks for an account, little by little: days count, not texts."""

    def judge(self, submission: Submission) -> Signal | None:
        days = min(submission.good_days, GOOD_DAYS)
        if submission.user_id is None or not days:
            return None
        text = _("Days from which something that the author wrote has stood: %(days)s.") % {"days": days}
        return Signal(-days / GOOD_DAYS, text)
