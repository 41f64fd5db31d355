"""What is said of comments to who watches the site."""

from __future__ import annotations

from smo_kit.comments.models import Entry
from smo_kit.comments.states import State
from smo_kit.core.figures import Figure, Values, numbers_by, register_figure


def by_state() -> Values:
    """Count the comments of each state but the published ones, which only grow."""
    return numbers_by(Entry.objects.filter(state__in=[one for one in State if one is not State.PUBLISHED]), "state")


register_figure(Figure("comments", "Comments that readers do not see, by state.", by_state, ("state",)))
