"""What editors want said of pages, and what drawn card images say."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.core.exits import register_exit, rows_of
from smo_kit.meta.models import CardImage, Override

EDITOR: Final = _("An editor has written it under “Words for pages” in the admin.")
DRAWN: Final = _("The card image is drawn of a card that said it. Mend the card, and run smo_cards.")

register_exit(
    "words for pages", lambda: rows_of(Override.objects.all(), "title", "description", "image_alt"), cure=EDITOR
)
register_exit("card images", lambda: rows_of(CardImage.objects.all(), "recipe"), cure=DRAWN)
