"""An open list of kinds, to which each app adds its own: what visitors do, what mails are about."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from smo_kit.core.settings import did_you_mean


class Named(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str: ...


K = TypeVar("K", bound=Named)


class UnknownKind(LookupError):
    """No app has registered this kind; the message names the nearest one, and how to register."""


class Kinds(Generic[K]):
    """The kinds of one sort, by their ids; a later one of the same id takes the place of the first."""

    def __init__(self, what: str, module: str) -> None:
        """``what`` they are, and the module that registers them: for the message about an unknown one."""
        self._what = what
        self._cure = f"Register it: {module}.register_kind(Kind(id=…, label=…))."
        self._kinds: dict[str, K] = {}

    def add(self, kind: K) -> K:
        """Register a kind and return it."""
        self._kinds[kind.id] = kind
        return kind

    def all(self) -> tuple[K, ...]:
        """Return every registered kind."""
        return tuple(self._kinds.values())

    def of(self, kind_id: str) -> K:
        """Return the kind of this id. Raises UnknownKind."""
        try:
            return self._kinds[kind_id]
        except KeyError:
            hint = did_you_mean(kind_id, self._kinds)
            raise UnknownKind(f"No {self._what} {kind_id!r} is registered. {hint} {self._cure}") from None
