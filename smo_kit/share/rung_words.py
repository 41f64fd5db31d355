"""What each rung proves and what it can't, in the words that an editor reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from smo_kit.share.rungs import Rung

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A rung, explained."""

    rung: Rung
    proves: str | _StrPromise
    does_not_prove: str | _StrPromise

    @property
    def label(self) -> str | _StrPromise:
        """The rung's name."""
        return self.rung.label


LADDER: Final[Mapping[Rung, Step]] = {
    step.rung: step
    for step in (
        Step(
            rung=Rung.OPENED,
            proves=_("A visitor pressed the button and was led to the network."),
            does_not_prove=_("That anything was sent: he may have closed the window. A script can press buttons too."),
        ),
        Step(
            rung=Rung.PREVIEWED,
            proves=_(
                "Soon after, a robot that calls itself this network's fetched his own link: it was pasted into a post "
                "or a message, as a rule."
            ),
            does_not_prove=_(
                "That the post was published, or that anybody can see it: some networks fetch while one is still "
                "writing, and a message to oneself is fetched as well. Anybody who knows how can send a request under "
                "a robot's name. If its address turns out to be somebody else's, the rung is taken back; what it has "
                "opened meanwhile stays open, and the counts stay."
            ),
        ),
        Step(
            rung=Rung.VERIFIED,
            proves=_(
                "The robot came from an address that the network publishes as its own, or whose name belongs to the "
                "network and leads back to that address: the name can't be forged."
            ),
            does_not_prove=_(
                "That the post was published, is public, or is still there. Messengers that fetch from the phone of "
                "the sender, and networks whose robots' addresses nobody knows, never come to this rung."
            ),
        ),
        Step(
            rung=Rung.VISITED,
            proves=_(
                "A browser came by the link that is not the sharer's account or browser, nor at the address from "
                "which he went out, and calls itself no robot."
            ),
            does_not_prove=_(
                "That it is another person: with another browser at another address one can visit oneself. The other "
                "way round, people at the sharer's own address, such as family or colleagues, are never counted, and "
                "of any other address a few browsers a day. Visits in the first seconds after the share are left out "
                "too: those are virus scanners, as a rule."
            ),
        ),
    )
}
"""The steps by their rungs, the lowest first."""
