"""Instagram, to be followed: it has no address that starts a share."""

from smo_kit.networks.facebook import META_REWARDS
from smo_kit.networks.network import Follow, Network

INSTAGRAM = Network(
    id="instagram",
    name="Instagram",
    colour="#d62976",  # its mark is a gradient: this is the middle
    hosts=("instagram.com", "instagr.am", "ig.me"),
    follow=Follow("https://www.instagram.com/{handle}/", handle=r"(?a)\w[\w.]{0,29}", example="shareworthy"),
    reward_policy=META_REWARDS,
    # No login: Instagram's "Basic Display" for private accounts ended in December 2024.
)
