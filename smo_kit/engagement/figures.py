"""What is said of counting to who watches the site."""

from __future__ import annotations

from smo_kit.core.figures import Figure, Values, register_figure
from smo_kit.engagement.services import buffer


def waiting() -> Values:
    """Count the hits that this process holds and has not written: of all figures only this is one process's own."""
    return {(): float(len(buffer))}


register_figure(Figure("engagement_unwritten", "Hits in memory of the process that answers.", waiting))
