"""Where a lock stands, and what its tags say there.

A lock may stand in several places: in two languages, on two pages. Each has words and terms of its own, and who would
open the lock names the place by a signed string, which is good for ever. So the terms of a place hold only as long as
they are those of its page: until another place says something that none has said before (its template was changed),
or is still shown when this one was not for a month. From then on those of the place shown last hold, until this one is
shown again. What stands on the lock, its teaser, is each place's own in any case.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from smo_kit.core.settings import site_id
from smo_kit.core.subjects import PATH_LENGTH
from smo_kit.lock.conf import TEASER
from smo_kit.lock.models import Lock, Spot
from smo_kit.lock.refs import Ref

MOST_SPOTS: Final = 50
"""Of one lock: some routes take any address, and a visitor's makes no row without end."""
UNSEEN: Final = dt.timedelta(days=30)
"""Terms of a place that was not shown for so long, while another was, hold no more."""


def can_hold(ref: Ref) -> bool:
    """Say whether a place is one that a table can hold."""
    return len(ref.where) <= PATH_LENGTH and "\0" not in ref.where + ref.path


def keep(lock: Lock, ref: Ref, options: Mapping[str, Any]) -> bool:
    """Write down that a lock was shown at a place, with these options; return whether other places' terms hold no more.

    When there are too many places, it is written in place of the one of its form that was shown longest ago.
    """
    spots = list(lock.spots.all())
    own = next((one for one in spots if is_at(one, ref)), None)
    is_news = _is_news(spots, own, options)
    if own is None and len(spots) >= MOST_SPOTS:
        _least(spots, ref).delete()
    values: dict[str, Any] = {"path": ref.path[:PATH_LENGTH], "options": dict(options)}
    if own is None or not own.holds or is_news:  # else who has just said something new would be overruled
        values["holds"] = True
    spot, _ = Spot.objects.update_or_create(
        lock=lock, language=ref.key.language, source=ref.source, where=ref.where, defaults=values
    )
    if is_news:
        lock.spots.exclude(pk=spot.pk).update(holds=False)
    return is_news


def said_at(ref: Ref) -> tuple[Lock, dict[str, Any]] | None:
    """Return a lock and the options that hold for it at a place; None: there is no such lock."""
    spots = Spot.objects.select_related("lock").filter(
        lock__site_id=site_id(), lock__content_type_id=ref.key.content_type_id, lock__object_pk=ref.key.object_pk
    )
    found = sorted((one for one in spots if one.lock.name == ref.name), key=lambda one: (one.seen, one.pk))
    if not found:
        return None
    last = found[-1]
    own = next((one for one in found if is_at(one, ref)), last)
    if own.holds and last.seen - own.seen < UNSEEN:
        return own.lock, own.options
    return own.lock, {**_teaser(own.options), **_opening(last.options)}


def is_at(spot: Spot, ref: Ref) -> bool:
    """Say whether it is the place of a printed lock."""
    return (spot.language, spot.source, spot.where) == (ref.key.language, ref.source, ref.where)


def _is_news(spots: Sequence[Spot], own: Spot | None, options: Mapping[str, Any]) -> bool:
    """Say whether a place says of what opens the lock what neither it nor another one says."""
    said = _opening(options)
    if own is not None and (own.holds or _opening(own.options) == said):
        return _opening(own.options) != said
    others = [_opening(one.options) for one in spots if one.holds]
    return bool(others) and said not in others


def _least(spots: Sequence[Spot], ref: Ref) -> Spot:
    """Return which place is given up for another: one of its form and language, if there are any."""
    kin = [one for one in spots if (one.source, one.language) == (ref.source, ref.key.language)]
    return min(kin or spots, key=lambda one: (one.seen, one.pk))


def _opening(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what options say of how the lock opens, as it is when it is kept."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(options), default=str))
    return {name: value for name, value in plain.items() if name not in TEASER}


def _teaser(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name in TEASER}
