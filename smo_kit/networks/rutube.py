"""RUTUBE, to be followed: a channel has a number, and may have a name."""

from smo_kit.networks.network import Follow, Network

RUTUBE = Network(
    id="rutube",
    name="RUTUBE",
    colour="#100943",
    hosts=("rutube.ru",),
    follow=Follow(
        "https://rutube.ru/{handle}/", handle=r"(?a)channel/\d{1,12}|u/\w[\w-]{0,63}", example="u/shareworthy"
    ),
)
