"""The rules, one after another, what was learned, and what they say together.

Rules that weigh the text by hand work from the first minute. The learned filter has seen the same evidence, so it takes
their place to the degree to which it has learned anything; they stay in the reasons with what is left of their weight.
All other rules (traps, trust, repeats, muted words, topic) add to it.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Protocol

from django.utils.module_loading import import_string

from smo_kit.core.sayings import said
from smo_kit.spam.conf import SpamConf, spam_settings
from smo_kit.spam.explaining import explanation
from smo_kit.spam.features import features_of
from smo_kit.spam.memory import Filter, current_filter
from smo_kit.spam.rule_names import LEARNED
from smo_kit.spam.solver import probability
from smo_kit.spam.submissions import Action, Reason, Signal, Submission, Verdict
from smo_kit.spam.trained import LEFT

START: Final = -1.5
"""Log-odds of spam where no rule says anything and nothing has been learned."""
_SILENT: Final = 0.05


class SpamRule(Protocol):
    """A rule: its class name is its name. It is made once, without arguments.

    A rule with ``by_hand = True`` weighs the text itself: the learned filter takes its place.
    """

    def judge(self, submission: Submission) -> Signal | None:
        """Say what it thinks, or None for nothing."""


@cache
def rules_of(paths: tuple[str, ...]) -> tuple[tuple[str, SpamRule, bool], ...]:
    """Return (name, rule, whether it is by hand) for dotted paths. Raises ImportError for what is not there."""
    made = [(path.rpartition(".")[2], import_string(path)()) for path in paths]
    return tuple((name, rule, bool(getattr(rule, "by_hand", False))) for name, rule in made)


def by_hand(submission: Submission) -> float:
    """Return the log-odds of spam by the rules that weigh the text by hand."""
    conf = spam_settings()
    signals = [
        rule.judge(submission) for name, rule, is_by_hand in rules_of(conf.rules) if is_by_hand and name not in conf.off
    ]
    return START + sum(signal.score for signal in signals if signal)


def verdict_on(submission: Submission, learned: Filter | None = None, *, explains: bool = True) -> Verdict:
    """Ask every rule that is on, and a learned filter (None: the site's).

    ``explains`` False: the filter does not look for the words that weighed most.
    """
    conf = spam_settings()
    learned = current_filter() if learned is None else learned
    is_learned = not (learned.is_empty or LEARNED in conf.off)
    hand, others, reasons = START, 0.0, []
    for name, rule, is_by_hand in rules_of(conf.rules):
        signal = None if name in conf.off else rule.judge(submission)
        if signal is None:
            continue
        if is_by_hand:
            hand += signal.score
        else:
            others += signal.score
        score = signal.score * LEFT if is_by_hand and is_learned else signal.score
        if abs(score) >= _SILENT or signal.hold:
            reasons.append(Reason(name, score, said(signal.text), signal.hold))
    total = others + hand
    if is_learned:
        text = f"{submission.title}\n{submission.text}" if submission.title else submission.text
        features = features_of(text)
        opinion = learned.opinion(features, hand)
        total = others + opinion.log_odds
        why = explanation(text, learned.effect(features, opinion)) if explains else ""
        reasons.append(Reason(LEARNED, opinion.log_odds, why, opinion.is_doubtful))
    score = probability(total)
    reasons.sort(key=lambda reason: -abs(reason.score))
    return Verdict(score, action_for(score, conf, must_hold=any(one.hold for one in reasons)), tuple(reasons))


def action_for(score: float, conf: SpamConf, *, must_hold: bool = False) -> Action:
    """Return what the two thresholds say of a score; ``must_hold`` only keeps a text from being published."""
    if score * 100 >= conf.spam_above:
        return "spam"
    return "hold" if must_hold or score * 100 >= conf.publish_below else "publish"
