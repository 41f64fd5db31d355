"""The ladder of proof: what shows that somebody shared a page, the higher the more."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rung(models.IntegerChoices):
    """How far a share has come. What each proves and what it cannot is in ``rung_words.py``."""

    OPENED = 1, _("Went out")
    """The visitor went to the network."""
    PREVIEWED = 2, _("Previewed")
    """A robot that calls itself this network's fetched the link within the window: it was sent, or pasted at least."""
    VERIFIED = 3, _("Verified")
    """That robot's address is the network's own."""
    VISITED = 4, _("Visited")
    """Another person came by the link."""

    @property
    def facet(self) -> str:
        """Under which counts of ``shared`` are kept."""
        return str(self.name).lower()


BY_NAME: Final = {rung.facet: rung for rung in Rung}
"""``opened``, ``previewed``, ``verified``, ``visited``: as settings and counts name them."""
