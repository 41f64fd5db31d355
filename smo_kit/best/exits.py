"""The words that the related index shows of a page."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.best.models import Text
from smo_kit.core.exits import register_exit, rows_of

CURE: Final = _(
    "The index has read a card that said more than anybody may read. Mend the card, run smo_related_rebuild."
)

register_exit("related index", lambda: rows_of(Text.objects.all(), "words"), cure=CURE)
