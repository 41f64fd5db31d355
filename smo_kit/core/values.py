"""Checks of values that settings of several apps have in common: "", or what is wrong."""

from django.utils.translation import gettext as _


def not_negative(value: int) -> str:
    return "" if value >= 0 else _("must be 0 or more, not %(value)s") % {"value": value}


def positive(value: int) -> str:
    return "" if value > 0 else _("must be 1 or more, not %(value)s") % {"value": value}
