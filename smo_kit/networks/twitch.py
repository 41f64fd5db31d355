"""Twitch, to be followed: names are 3 to 25 letters, digits and underscores."""

from smo_kit.networks.network import Follow, Network

TWITCH = Network(
    id="twitch",
    name="Twitch",
    colour="#9146ff",
    hosts=("twitch.tv",),
    follow=Follow("https://www.twitch.tv/{handle}", handle=r"(?a)\w{3,25}", example="shareworthy"),
    login="twitch",
)
