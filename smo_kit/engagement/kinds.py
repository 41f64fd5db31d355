"""What a visitor can do for the site: an open list, to which each app adds its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from django.utils.translation import gettext_lazy as _

from smo_kit.core.kinds import Kinds

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from smo_kit.networks.network import Network

LENGTH: Final = 32
"""Letters that the columns kind, network and facet have room for."""
READER: Final = "reader"
"""The facet of what pages report that counts readers: an address counts once a day for a kind and a subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One thing that visitors do."""

    id: str
    label: str | _StrPromise
    by_page: bool = False
    """Whether a page in the reader's browser may report it. Never for what opens a lock or earns a bonus."""
    through: tuple[Literal["share", "action", "follow", "login"], ...] = ()
    """What a network that a page names must be able to do (one of these). Empty: a page may name no network."""
    facet: str = ""
    """The facet that is meant when none is named; the others of the kind are counted apart."""

    def is_through(self, network: Network) -> bool:
        """Say whether this can be done through a network."""
        return any(network.can(ability) for ability in self.through)

    def __post_init__(self) -> None:
        if not 0 < len(self.id) <= LENGTH or len(self.facet) > LENGTH:
            raise ValueError(f"{self.id!r}: a kind and its facet have at most {LENGTH} letters.")


_kinds: Final = Kinds[Kind]("kind", "smo_kit.engagement.kinds")

register_kind: Final = _kinds.add
kind_of: Final = _kinds.of


VIEWED: Final = register_kind(Kind(id="viewed", label=_("Viewed"), by_page=True))
SHARED: Final = register_kind(
    Kind(id="shared", label=_("Shared"), by_page=True, through=("share", "action"), facet="opened")
)
"""``opened`` is the lowest rung: somebody went to the network. Who came of it is known to the higher ones."""
