"""The rules, one after another, and what they say together."""

from __future__ import annotations

from functools import cache
from typing import Final, Protocol

from django.utils.module_loading import import_string

from smo_kit.spam.conf import SpamConf, spam_settings
from smo_kit.spam.submissions import Action, Reason, Signal, Submission, Verdict, probability

START: Final = -1.5
"""Log-odds of spam where no rule says anything and nothing has been learned."""


class SpamRule(Protocol):
    """A rule: its class name is its name. It is made once, without arguments."""

    def judge(self, submission: Submission) -> Signal | None:
        """Say what it thinks, or None for nothing."""


@cache
def rules_of(paths: tuple[str, ...]) -> tuple[tuple[str, SpamRule], ...]:
    """Return (name, rule) for dotted paths. Raises ImportError for what is not there."""
    return tuple((path.rpartition(".")[2], import_string(path)()) for path in paths)


def verdict_on(submission: Submission) -> Verdict:
    """Ask every rule that is on."""
    conf = spam_settings()
    reasons = [
        Reason(name, signal.score, signal.text, signal.hold)
        for name, rule in rules_of(conf.rules)
        if name not in conf.off and (signal := rule.judge(submission)) is not None
    ]
    score = probability(START + sum(reason.score for reason in reasons))
    reasons.sort(key=lambda reason: -abs(reason.score))
    return Verdict(score, action_for(score, conf, must_hold=any(one.hold for one in reasons)), tuple(reasons))


def action_for(score: float, conf: SpamConf, *, must_hold: bool = False) -> Action:
    """Return what the two thresholds say of a score; ``must_hold`` only keeps a text from being published."""
    if score * 100 >= conf.spam_above:
        return "spam"
    return "hold" if must_hold or score * 100 >= conf.publish_below else "publish"
