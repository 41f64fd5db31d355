"""The ladder of proof in words for people: what each rung shows of a share, and what nobody can know by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from smo_kit.share.rungs import Rung

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Step:
    """A rung, as an editor reads of it."""

    rung: Rung
    label: str | _StrPromise
    proves: str | _StrPromise
    cannot: str | _StrPromise


LADDER: Final[tuple[Step, ...]] = (
    Step(
        Rung.OPENED,
        _("Went out"),
        _("The reader pressed the button and was led to the network."),
        _("Whether he posted anything there: he may have closed the window."),
    ),
    Step(
        Rung.PREVIEWED,
        _("Previewed"),
        _("Soon after, somebody who calls himself the network's robot fetched the link, as happens when it is posted."),
        _("Who that was: anybody can use a robot's name. A preview is also made while a post is only written."),
    ),
    Step(
        Rung.VERIFIED,
        _("Verified"),
        _("The robot came from an address of the network itself: the link has stood in a field of that network."),
        _("Whether the post was published, who can see it, and whether it is still there."),
    ),
    Step(
        Rung.VISITED,
        _("Visited"),
        _("Somebody else came by the link: another browser, from another address."),
        _("Who that was: a friend, a stranger, or the sharer himself with another device elsewhere."),
    ),
)
