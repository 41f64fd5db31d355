"""RUTUBE, to be followed: a channel has a number, and may have a name."""

from smo_kit.networks.network import Follow, Network, Widget

RUTUBE = Network(
    id="rutube",
    name="RUTUBE",
    colour="#100943",
    hosts=("rutube.ru",),
    follow=Follow(
        "https://rutube.ru/{handle}/", handle=r"(?a)channel/\d{1,12}|u/\w[\w-]{0,63}", example="u/shareworthy"
    ),
    widgets=(
        Widget(
            what="video",
            pattern=r"(?a)rutube\.ru/(?:video|shorts)/(?P<id>[0-9a-f]{32})/?(?:\?.*)?",
            frame="https://rutube.ru/play/embed/{id}",
            example="https://rutube.ru/video/0123456789abcdef0123456789abcdef/",
            allow="encrypted-media; fullscreen; picture-in-picture",
        ),
    ),
)
