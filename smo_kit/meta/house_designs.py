"""The suite's own templates of card images."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from smo_kit.meta.designs import design
from smo_kit.meta.sheets import Sheet


@design("plain", label=_("Colour"))
def plain(sheet: Sheet) -> None:
    """Draw the title on a colour."""


@design("photo", label=_("Title on the picture"), photo=True)
def photo(sheet: Sheet) -> None:
    """Draw the title on the page's picture, which is dark where the title stands."""


@design("beside", label=_("Picture beside the title"), photo=True)
def beside(sheet: Sheet) -> None:
    """Draw the picture beside the title."""


@design("letter", label=_("Large first letter"))
def letter(sheet: Sheet) -> None:
    """Draw the title beside its first letter, large."""


@design("quote", label=_("Quotation"))
def quote(sheet: Sheet) -> None:
    """Draw the title as a quotation."""
