"""Bluesky. The link stands inside the text and counts in its 300 graphemes; handles are host names."""

from smo_kit.networks.network import HOST_NAME, Crawler, Follow, Network, ShareLink, Widget

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
    widgets=(  # embed.bsky.app
        Widget(
            what="post",
            pattern=rf"(?a)bsky\.app/profile/(?P<who>{HOST_NAME}|did:plc:[a-z2-7]{{24}})/post/(?P<id>[A-Za-z0-9]{{5,20}})/?",
            frame="https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{id}",
            example="https://bsky.app/profile/shareworthy.bsky.social/post/3kabcdefghi2x",
        ),
    ),
    crawler=Crawler(agents=("bluesky cardyb", "blueskypreviewbot")),
)
