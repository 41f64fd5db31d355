"""Bluesky. The link stands inside the text and counts in its 300 graphemes; handles are host names."""

from smo_kit.networks.network import HOST_NAME, Crawler, Follow, Network, ShareLink

BLUESKY = Network(
    id="bluesky",
    name="Bluesky",
    colour="#0070d9",  # brand #0085ff
    hosts=("bsky.app", "bsky.social", "bsky.network"),
    # docs.bsky.app/docs/advanced-guides/intent-links
    share=ShareLink("https://bsky.app/intent/compose", {"text": "{text} {url}"}, limit=300),
    follow=Follow(
        "https://bsky.app/profile/{handle}",
        handle=rf"{HOST_NAME}|did:plc:[a-z2-7]{{24}}",
        example="shareworthy.bsky.social",
    ),
    crawler=Crawler(agents=("bluesky cardyb", "blueskypreviewbot")),
)
