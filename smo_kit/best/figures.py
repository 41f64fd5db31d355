"""What is said of the index of texts to who watches the site."""

from __future__ import annotations

from django.utils import timezone

from smo_kit.best.models import Text
from smo_kit.core.figures import Figure, Values, number, oldest_due, register_figure


def due() -> Values:
    """Count the texts that wait to be read."""
    return number(Text.objects.filter(due__lte=timezone.now()))


def oldest() -> Values:
    """Say for how long the text waits that has waited longest."""
    return oldest_due(Text.objects.all())


def unranked() -> Values:
    """Count the texts whose neighbours wait to be put in order."""
    return number(Text.objects.filter(unranked__isnull=False))


register_figure(Figure("index_due", "Texts that wait to be read into the index.", due))
register_figure(Figure("index_oldest_due_seconds", "For how long the oldest of them has waited.", oldest))
register_figure(Figure("index_unranked", "Texts whose neighbours wait to be put in order.", unranked))
