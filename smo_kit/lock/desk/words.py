"""How an editor reads a lock: what it hides, whether it is closed, and its terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smo_kit.core.options import is_chosen, options_in
from smo_kit.lock.conf import lock_settings, way_choices
from smo_kit.lock.models import Lock
from smo_kit.lock.terms import Terms, terms_with
from smo_kit.networks.registry import network

FORMS: Final[dict[str, Any]] = {
    "view": gettext_lazy("Part of a template"),
    "field": gettext_lazy("A field"),
    "page": gettext_lazy("Whole page"),
    "plugin": gettext_lazy("Part of a page of the CMS"),
    "file": gettext_lazy("File"),
}
"""What a source hides, by its id."""

TEASERS: Final[dict[str, Any]] = {
    "": gettext_lazy("The only teaser"),
    "a": gettext_lazy("First teaser"),
    "b": gettext_lazy("Second teaser"),
}


def form_words(source: str) -> str:
    """Return what a source hides; its id for one of a bridge."""
    return str(FORMS.get(source, source))


def forms_of(lock: Lock) -> str:
    """Return what a lock hides: more than one thing where it stands in several places."""
    return ", ".join(sorted({form_words(one.source) for one in lock.spots.all()}))


def ways_words(ways: Iterable[str]) -> str:
    """Return the ways of a lock, in order."""
    labels = dict(way_choices())
    return ", ".join(str(labels.get(one, one)) for one in ways)


def network_words(network_id: str) -> str:
    """Return the name of a network; its id when there is none any more."""
    one = network(network_id)
    return str(one.name) if one else network_id


def terms_now(lock: Lock) -> Terms:
    """Return the terms in force where a lock was shown last."""
    spot = lock.last_spot
    return terms_with(lock, spot.options if spot else {})


def state_words(terms: Terms) -> str:
    """Return whether a lock is closed, and till when."""
    now = timezone.now()
    if not terms.is_on:
        return _("open to everybody: turned off")
    if terms.starts and now < terms.starts:
        return _("open to everybody until %(time)s") % {"time": _time(terms.starts)}
    if terms.ends and now >= terms.ends:
        return _("open to everybody since %(time)s") % {"time": _time(terms.ends)}
    return _("closed until %(time)s") % {"time": _time(terms.ends)} if terms.ends else _("closed")


def terms_words(lock: Lock) -> list[tuple[str, str]]:
    """Return label and value of each term in force."""
    conf = terms_now(lock).conf
    return [
        (str(option.editing.label), option.shown(value))
        for option in options_in(lock_settings, {})
        if is_chosen(value := getattr(conf, option.name))
    ]


def _time(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
