"""What is said of personal links to who watches the site."""

from __future__ import annotations

from smo_kit.core.figures import Figure, Values, number, register_figure
from smo_kit.share.models import Fetch


def unverified() -> Values:
    """Count the fetches of robots that wait for a verdict."""
    return number(Fetch.objects.filter(verdict=Fetch.Verdict.WAITING))


register_figure(Figure("share_fetches_waiting", "Fetches of links that wait for a verdict.", unverified))
