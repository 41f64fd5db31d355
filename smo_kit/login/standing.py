"""How each way of signing in stands, in words for the owner of the site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import site_id
from smo_kit.login.faults import Fault, sentence_of
from smo_kit.login.models import Health
from smo_kit.login.setup import Problem, Setup, problems


class Standing(TextChoices):
    """Whether people can sign in this way."""

    WORKS = "works", _("Works")
    FAILING = "failing", _("Failed the last time")
    UNTRIED = "untried", _("Set up, never tried")
    BROKEN = "broken", _("Something is missing")
    ABSENT = "absent", _("Not set up")


CURES: Final[dict[str, Any]] = {
    Fault.DOWN: _("If it is not down itself: can the server of this site reach it, and is the address right?"),
    Fault.UNCLEAR: _("See the details; the provider may have changed, or a right of the application is missing."),
    Fault.REFUSED: _("Compare id, secret and callback address with those at the provider, letter for letter."),
    Fault.LOST: _("Test it again in one window, within ten minutes; the details say if the provider has complained."),
    Fault.OFTEN: _("The setting starts_per_hour says how often one address may begin."),
    Fault.UNKNOWN: _("See what is missing."),
}
"""What the owner can do about a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A way of signing in, and how it stands."""

    setup: Setup
    health: Health | None
    problems: list[Problem]

    @property
    def standing(self) -> Standing:
        """What the table says in a word."""
        if not self.setup.apps and not self.setup.elsewhere:
            return Standing.ABSENT
        if self.problems:
            return Standing.BROKEN
        if self.health is None:
            return Standing.UNTRIED
        return Standing.FAILING if self.health.failures else Standing.WORKS

    @property
    def error(self) -> str:
        """What went wrong the last time that something did; "" if nothing has."""
        return sentence_of(self.health.fault, self.setup.name) if self.health else ""

    @property
    def cure(self) -> Any:
        """What to do about that, while nobody has come in since; "" for nothing."""
        return CURES.get(self.health.fault, "") if self.health and self.health.failures else ""

    @property
    def may_have_run_out(self) -> bool:
        """Whether the provider refuses the site now, and did not before."""
        health = self.health
        return bool(health and health.failures and health.fault == Fault.REFUSED and health.succeeded_at)


def states(setups: list[Setup], request: HttpRequest) -> list[State]:
    """Return how each of these ways stands, in one query."""
    rows = {one.app: one for one in Health.objects.filter(site_id=site_id(), app__in=[one.id for one in setups])}
    return [State(setup=one, health=rows.get(one.id), problems=problems(one, request)) for one in setups]
