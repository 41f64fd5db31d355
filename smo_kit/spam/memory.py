"""What this process knows of what was learned: read from the database, and anew within seconds of a change."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Max

from smo_kit.core.events import event, event_logger
from smo_kit.core.settings import ASK_EVERY, site_id
from smo_kit.core.tables import is_migrated
from smo_kit.spam.features import VERSION, Features
from smo_kit.spam.models import Decision, Model
from smo_kit.spam.site_layer import BASE, Home, Told, fit_home
from smo_kit.spam.trained import Effect, Opinion, Trained, UnreadableModel

logger = event_logger(__name__)

WINDOW: Final = 400
"""The last decisions that count: what a site gets changes."""
AT_ONCE: Final = 100
"""Up to so many decisions each of them counts at once; from then on every twentieth part more, or every minute."""
HALF: Final = 0.5
"""A site that has learned so much itself needs no doubts of the trained model."""
_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of a text."""

    log_odds: float
    is_doubtful: bool
    shares: tuple[float, ...]
    """How much each source of the trained model has a say."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A trained model and what the site has learned itself; either may be missing."""

    trained: Trained | None = None
    home: Home | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been learned: rules weigh by hand."""
        return self.trained is None and self.home is None

    def opinion(self, features: Features, by_hand: float) -> Learned:
        """Return what was learned of a text; ``by_hand`` is what the rules say, for a site without a trained model."""
        trained = self.trained.opinion(features) if self.trained is not None else Opinion(0.0, by_hand)
        cold = trained.beside(by_hand)
        if self.home is None:
            return Learned(cold, trained.is_doubtful, trained.shares)
        share = self.home.share
        own = self.home.log_odds(features, trained.shared, by_hand)
        is_doubtful = trained.is_doubtful and share < HALF
        return Learned((1 - share) * cold + share * own, is_doubtful, trained.shares)

    def effect(self, features: Features, learned: Learned) -> Effect:
        """Return what says how much some of a text's features weigh in its log-odds."""
        share = self.home.share if self.home else 0.0
        home = self.home.effect(features) if self.home else _nothing
        trained = self.trained.effect(features, learned.shares) if self.trained else _nothing
        rest = 1 - share + share * BASE
        return lambda ids, block: share * home(ids, block) + rest * trained(ids, block)


def _nothing(ids: tuple[int, ...], block: int) -> float:
    return 0.0


@dataclass(frozen=True, slots=True)
class _State:
    model: int | None
    decisions: tuple[int, dt.datetime | None]


class _Memory:
    """Threads meet only in whole filters, so none sees half of a change."""

    def __init__(self) -> None:
        self.filter = Filter()
        self._state: _State | None = None
        self._asked = self._fitted = float("-inf")
        self._trained: tuple[int | None, Trained | None] = (None, None)

    def read(self) -> Filter:
        """Return the filter in force, asking the database if it is time to."""
        now = time.monotonic()
        if now - self._asked < ASK_EVERY:
            return self.filter
        self._asked = now
        if not (is_migrated(Model) and is_migrated(Decision)):
            return self.filter
        state = _current_state()
        if state != self._state and self._is_time(state, now):
            self.filter = self._made_from(state)
            self._state, self._fitted = state, now
        return self.filter

    def held(self) -> Filter:
        """Return the filter as it was last read."""
        return self.read() if self._state is None else self.filter

    def look_again(self) -> None:
        self._asked = float("-inf")

    def forget(self) -> None:
        self.__init__()  # type: ignore[misc]  # as a process that has just started

    def _is_time(self, state: _State, now: float) -> bool:
        if self._state is None or state.model != self._state.model or state.decisions[0] <= AT_ONCE:
            return True
        grown = abs(state.decisions[0] - self._state.decisions[0])
        return grown * 20 >= state.decisions[0] or now - self._fitted >= _MINUTE

    def _made_from(self, state: _State) -> Filter:
        if state.model != self._trained[0]:
            self._trained = (state.model, _loaded(state.model))
        trained = self._trained[1]
        return Filter(trained, fit_home(told_by_moderators(trained)) if state.decisions[0] else None)


def _current_state() -> _State:
    decisions = Decision.objects.filter(site_id=site_id(), version=VERSION).aggregate(
        many=Count("pk"), last=Max("made")
    )
    return _State(_newest(), (decisions["many"], decisions["last"]))


def _newest() -> int | None:
    models = Model.objects.filter(site_id=site_id()).order_by("-made", "-pk")
    return models.values_list("pk", flat=True).first()


def _loaded(pk: int | None) -> Trained | None:
    data = Model.objects.filter(pk=pk).values_list("data", flat=True).first() if pk else None
    try:
        return Trained.unpack(bytes(data)) if data else None
    except UnreadableModel as error:
        logger.warning("Spam is judged without a trained model: %s", error, extra=event("spam.untrained"))
        return None


def told_by_moderators(trained: Trained | None) -> list[Told]:
    """Return the last decisions, the oldest first, with what the trained model thinks of each."""
    rows = Decision.objects.filter(site_id=site_id(), version=VERSION).order_by("-made", "-pk")[:WINDOW]
    columns = rows.values_list("features", "by_hand", "is_spam")
    return [
        told(Features.unpack(bytes(data)), by_hand, is_spam, trained) for data, by_hand, is_spam in reversed(columns)
    ]


def told(features: Features, by_hand: float, is_spam: bool, trained: Trained | None) -> Told:
    """Return a decision as the site's own layer takes it."""
    if trained is None:
        return Told(features, 0.0, by_hand, by_hand, is_spam)
    opinion = trained.opinion(features)
    return Told(features, opinion.shared, by_hand, opinion.beside(by_hand), is_spam)


_memory: Final = _Memory()


def current_filter() -> Filter:
    """Return the filter in force on this site."""
    return _memory.read()


def held_filter() -> Filter:
    """Return the filter as this process last read it: many decisions in a row don't make it anew each time."""
    return _memory.held()


def look_again() -> None:
    """Make this process ask the database at the next judgement: something was learned."""
    _memory.look_again()


def forget_learned() -> None:
    """Make this process as one that has just started: for tests."""
    _memory.forget()
