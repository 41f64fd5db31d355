"""Telegram. The text goes after the link, and the preview is frozen at the moment of sending."""

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink, Widget

TELEGRAM = Network(
    id="telegram",
    name="Telegram",
    colour="#007cbb",  # brand #0088cc
    hosts=("t.me", "telegram.me", "telegram.org", "telegram.dog"),
    share=ShareLink("https://t.me/share/url", {"url": "{url}", "text": "{text}"}),  # core.telegram.org/widgets/share
    follow=Follow(
        "https://t.me/{handle}",
        handle=r"(?a)(?:s/)?(?P<handle>[A-Za-z]\w{3,31}|\+[A-Za-z0-9_-]{8,32})",  # t.me/s/name is its preview
        example="shareworthy",
    ),
    widgets=(  # core.telegram.org/widgets/post; a channel as a whole may not be framed
        Widget(
            what="post",
            pattern=r"(?a)(?:t|telegram)\.me/(?:s/)?(?P<channel>[A-Za-z]\w{3,31})/(?P<id>\d{1,12})/?(?:\?.*)?",
            frame="https://t.me/{channel}/{id}?embed=1",
            example="https://t.me/shareworthy/12",
        ),
    ),
    login="telegram",
    crawler=Crawler(agents=("telegrambot",), rdns=(".telegram.org",)),
)
