"""Viber, on phones that have it. Long texts are cut: a card's title is enough."""

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

VIBER = Network(
    id="viber",
    name="Viber",
    colour="#715ef2",  # brand #7360f2
    hosts=("viber.com", "vb.me"),
    share=ShareLink("viber://forward", {"text": "{text} {url}"}, limit=200),  # limit unverified, 2026-11
    phone_only=True,
    follow=Follow(
        "https://invite.viber.com/?g2={handle}",
        handle=r"(?a)[\w-](?:[\w-]|%2[BF]|%3D){7,199}",
        example="AQAbCdEfGh1jKlMn",
    ),
    crawler=Crawler(agents=(r"^viber(?:/[\d.]+)?$",)),
)
