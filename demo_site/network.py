"""The demo's own network, as a network that pages can be shared to: the other one of its two processes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from demo_site.environment import PROVIDER, provider_address
from smo_kit.networks.network import Crawler, Network, ShareLink
from smo_kit.networks.policies import RewardPolicy

ROBOT: Final = "DemoNetworkBot/1.0"
"""How its robot calls itself when it fetches a page for a preview."""
HOST: Final = "robot.demo-network.example"
"""The name that its robot's address has, and no other address."""
ADDRESS: Final = "127.0.0.1"
"""Of its robot. It is everybody's here: the demo runs on one machine."""

DEMO = Network(
    id=PROVIDER,
    name=_("Demo network"),
    colour="#0b6e63",
    share=ShareLink(f"{provider_address()}/compose/", {"url": "{url}", "text": "{text}"}),
    crawler=Crawler(agents=(r"^DemoNetworkBot/",), rdns=(".demo-network.example",)),
    reward_policy=RewardPolicy(
        verdict="allowed",
        reason=_("It has no rules: it belongs to the demo."),
        as_of=dt.date(2026, 11, 26),
        source="demo_site/provider",
    ),
    mark_file=Path(__file__).parent / "provider" / "static" / "small-mark.svg",
)


class Resolver:
    """What the DNS would say of its robot's address, and of nobody else's."""

    def names_of(self, address: str) -> tuple[str, ...]:
        """Return the names of an address."""
        return (HOST,) if address == ADDRESS else ()

    def addresses_of(self, name: str) -> tuple[str, ...]:
        """Return the addresses of a name."""
        return (ADDRESS,) if name == HOST else ()


resolver: Final = Resolver()
