"""Ways to be reached, and money."""

from __future__ import annotations

from smo_kit.core.sayings import gettext as _
from smo_kit.spam.reading import read
from smo_kit.spam.submissions import Signal, Submission


class Contacts:
    """Telephone numbers, e-mail addresses and accounts; with sums of money more so."""

    by_hand = True

    def judge(self, submission: Submission) -> Signal | None:
        seen = read(submission.text)
        ways = min(seen.phones, 2) * 1.2 + min(seen.emails, 2) * 0.5 + min(seen.handles, 2) * 0.3
        money = min(seen.money, 2) * 0.4
        score = ways + money + (0.8 if ways and money else 0.0)
        return Signal(score, _("Telephone numbers, addresses or sums of money.")) if score else None
