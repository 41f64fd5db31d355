"""The networks of the suite: their ids, and what each can."""

from __future__ import annotations

from smo_kit.networks.network import Network
from smo_kit.networks.registry import all_networks

from .words import table

HEADS = ("id", "name", "shared to", "followed", "signed in with", "previewed", "a reward for a share")


def networks_markdown() -> str:
    """Return a table of the networks, in the order of their names."""
    return table(HEADS, [_row(one) for one in sorted(all_networks(), key=lambda one: str(one.name).casefold())])


def _row(one: Network) -> tuple[str, ...]:
    shared = "by the browser" if one.action else _sign(one.share)
    policy = one.reward_policy.verdict if one.reward_policy else ""
    return f"`{one.id}`", str(one.name), shared, _sign(one.follow), _sign(one.login), _sign(one.preview), policy


def _sign(ability: object) -> str:
    return "✓" if ability else ""
