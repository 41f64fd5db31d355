"""The learned filter as a rule among others: the last and dearest."""

from __future__ import annotations

from smo_kit.spam.submissions import Signal, Submission


class Learned:
    """What moderators have taught."""

    def judge(self, submission: Submission) -> Signal | None:
        return None
