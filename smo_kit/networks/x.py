"""X, once Twitter. A link counts 23 of 280 characters, whatever its length."""

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

X = Network(
    id="x",
    name="X",
    colour="#0f1419",
    hosts=("x.com", "twitter.com", "t.co"),
    share=ShareLink(
        "https://x.com/intent/tweet",
        {"text": "{text}", "url": "{url}", "hashtags": "{tags}", "via": "{via}"},
        limit=280,
        link_weight=23,  # docs.x.com/fundamentals/counting-characters; unverified, 2026-11
    ),
    follow=Follow("https://x.com/{handle}", handle=r"(?a)\w{1,15}", example="shareworthy"),
    account_meta={"twitter:site": "@{handle}"},
    login="twitter_oauth2",
    # The whole string: Telegram's is "like TwitterBot", iMessage and others put the name into theirs.
    crawler=Crawler(agents=(r"^twitterbot/[\d.]+$",), rdns=(".twttr.com",)),
)
