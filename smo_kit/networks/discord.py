"""Discord. One follows by an invitation: make one that never expires."""

from smo_kit.networks.network import Crawler, Follow, Network

DISCORD = Network(
    id="discord",
    name="Discord",
    colour="#5865f2",
    hosts=("discord.com", "discord.gg", "discordapp.com"),
    follow=Follow("https://discord.gg/{handle}", handle=r"[A-Za-z0-9](?:-?[A-Za-z0-9]){1,31}", example="xcRH6mN4fa"),
    login="discord",
    crawler=Crawler(agents=(r"\bdiscordbot/",)),
)
