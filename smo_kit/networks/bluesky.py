"""Bluesky. The link stands inside the text and counts in its 300 graphemes; handles are host names."""

import datetime as dt

from smo_kit.networks.network import HOST_NAME, Crawler, Follow, Network, ShareLink, Widget
from smo_kit.networks.previews import ABOUT_1_MB, Colours, Cut, PictureRules, PreviewRules

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
    preview=PreviewRules(
        as_of=dt.date(2026, 11, 25),
        source="bluesky-social/social-app, ExternalEmbed/index.tsx (three lines of title, two of description under a "
        "picture); twitter-to-bluesky PR 41 (a blob of 1 MB); fields and the bytes that it reads are unverified",
        layout="frame",
        agent="Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
        reads=ABOUT_1_MB,
        title=("og:title", "twitter:title", "<title>"),
        title_cut=Cut(lines=3, columns=40),
        description=("og:description", "twitter:description", "description"),
        description_cut=Cut(lines=4, columns=46),
        description_cut_large=Cut(lines=2, columns=46),
        picture=("og:image", "twitter:image"),
        pictures=PictureRules(smallest=(1, 1), large=(1, 1), weight=1_000_000, ratio=1.91),
        light=Colours("#ffffff", "#ffffff", "#ffffff", "#0b0f14", "#42576c", "#d4dbe2", "#006aff"),
        dark=Colours("#161e27", "#161e27", "#161e27", "#f1f3f5", "#aebbc9", "#2e4052", "#4c9fff"),
    ),
)
