"""What is said of the outbox to who watches the site."""

from __future__ import annotations

from smo_kit.core.figures import Figure, Values, numbers_by, oldest_due, register_figure
from smo_kit.mail.models import Mail, State


def by_state() -> Values:
    """Count what is in hand or needs somebody; what is done with grows, and is no news."""
    open_states = (State.WAITING, State.CLAIMED, State.DEAD)
    return {(state.value,): 0.0 for state in open_states} | dict(
        numbers_by(Mail.objects.filter(state__in=open_states), "state")
    )


def oldest() -> Values:
    """Say for how long the mail waits that has waited longest."""
    return oldest_due(Mail.objects.filter(state=State.WAITING))


register_figure(Figure("mails", "Mails of the outbox that are not done with.", by_state, ("state",)))
register_figure(Figure("mail_oldest_due_seconds", "For how long the oldest due mail has waited.", oldest))
