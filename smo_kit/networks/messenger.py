"""Facebook Messenger, on phones: its dialog for desktops asks for the site's own Facebook app."""

from smo_kit.networks.facebook import META_REWARDS
from smo_kit.networks.network import Network, ShareLink

MESSENGER = Network(
    id="messenger",
    name="Messenger",
    colour="#0074e0",  # brand #0084ff
    hosts=("messenger.com", "m.me"),
    share=ShareLink("fb-messenger://share/", {"link": "{url}"}),
    phone_only=True,
    reward_policy=META_REWARDS,
)
