"""What is judged, and what is said of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from smo_kit.core.subjects import Key
from smo_kit.spam.rule_names import name_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Action = Literal["publish", "hold", "spam"]


@dataclass(frozen=True, slots=True)
class Submission:
    """What somebody wants to have published. All but the text is optional: a rule that lacks something is silent."""

    text: str
    title: str = ""
    name: str = ""
    email: str = field(default="", repr=False)
    url: str = ""
    """The author's own page."""
    address: str = field(default="", repr=False)
    """The client's IP address, as ``core.limits.client_address`` gives it."""
    user_agent: str = ""
    language: str = ""
    """The page's language, a code."""
    subject: Key | None = None
    """What it is written under."""
    topic: str = ""
    """Public text of what it is written under."""
    user_id: Any = None
    good_days: int = 0
    """Days from which something that this account wrote has stood, as the app knows that keeps its texts."""
    opened: dt.datetime | None = None
    """When the form was opened, as ``traps.read_traps`` says."""
    honeypot: bool = False
    """Whether a field that no person sees was filled in."""
    is_edit: bool = False
    own: Key | None = None
    """The thing itself (a comment that is edited), so that it is not taken for its own repetition."""


@dataclass(frozen=True, slots=True)
class Signal:
    """What one rule thinks: ``score`` adds to the log-odds of spam (1: 2.7 times as likely), below 0 speaks for ham."""

    score: float
    text: str | _StrPromise
    """For a moderator: a text of ``core.sayings``, so that each reads it in his language."""
    hold: bool = False
    """A person should look, whatever the sum says: it is not published by itself."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A signal and the rule it came from."""

    rule: str
    score: float
    text: str
    """A saying; a plain text where the rule had said one."""
    hold: bool = False

    @property
    def name(self) -> str | _StrPromise:
        """What the rule is called."""
        return name_of(self.rule)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score`` is the probability of spam, 0 to 1; 0.5 is the border. ``reasons``: the weightiest first."""

    score: float
    action: Action
    reasons: tuple[Reason, ...] = ()
