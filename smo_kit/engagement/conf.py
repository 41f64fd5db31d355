"""Settings of what is counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smo_kit.core.durations import DAY
from smo_kit.core.settings import AppSettings, editable, fixed
from smo_kit.core.values import not_negative, positive


def _is_within_a_day(value: int) -> str:
    if value <= DAY:
        return not_negative(value)
    return gettext("must be %(most)s (a day) or less, not %(value)s") % {"most": DAY, "value": value}


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementConf:
    """``SMO_KIT["ENGAGEMENT"]``."""

    views: bool = editable(
        True,
        label=_("Count views"),
        help=_(
            "Pages report to this site, and to nobody else, when they are looked at. Nothing about the reader is kept."
        ),
    )
    """Whether pages report that they are looked at: off, ``{% smo_scripts %}`` prints nothing."""
    repeat_seconds: int = editable(
        30 * 60,
        label=_("Seconds until the same reader counts again"),
        help=_("A page seen again from the same address within this time is the same visit. 0: every look counts."),
        check=_is_within_a_day,
    )
    """For how long the same page (or button) counts only once for an address."""
    address_limit: int = fixed(120, check=positive)
    """How many reports a minute are taken from one address, repeats included; more are answered with 429."""
    buffer_seconds: int = fixed(1, check=not_negative)
    """How long what pages report may wait in its process, to be written together: twice as fast under load, and a
    process that is killed (SIGKILL) loses as much. 0: it is in the database before it is answered, as all else is."""

    daily_days: int = fixed(400, check=not_negative)
    """For how many days counts are kept by the day; ``smo_sync`` makes months of what is older, a share each time, and
    ``smo_fold`` all at once. No sum changes.
    Lists of the best of a year ask for 365 days. 0: all stays by the day."""


engagement_settings = AppSettings("ENGAGEMENT", EngagementConf, _("Counts"))
