"""Checks of values that settings of several apps have in common: "", or what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _


def not_negative(value: int) -> str:
    return "" if value >= 0 else _("must be 0 or more, not %(value)s") % {"value": value}


def between(least: int, most: int) -> Callable[[int], str]:
    """Return a check for a number that may be from the one to the other."""

    def check(value: int) -> str:
        if least <= value <= most:
            return ""
        return _("must be from %(least)s to %(most)s, not %(value)s") % {"least": least, "most": most, "value": value}

    return check


def positive(value: int) -> str:
    return "" if value > 0 else _("must be 1 or more, not %(value)s") % {"value": value}
