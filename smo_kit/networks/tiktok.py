"""TikTok, to be followed: a share starts only in its own application."""

from smo_kit.networks.network import Follow, Network

TIKTOK = Network(
    id="tiktok",
    name="TikTok",
    colour="#000000",
    hosts=("tiktok.com",),
    follow=Follow("https://www.tiktok.com/@{handle}", handle=r"(?a)\w[\w.]{1,23}", example="shareworthy"),
    login="tiktok",
)
