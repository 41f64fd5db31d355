"""Mastodon has no central place: a reader is asked for his server, and accounts are ``name@server``."""

import datetime as dt

from smo_kit.networks.network import HOST_NAME, Crawler, Follow, Network, ShareLink, Widget
from smo_kit.networks.previews import ABOUT_1_MB, STILL, Colours, Cut, PictureRules, PreviewRules

MASTODON = Network(
    id="mastodon",
    name="Mastodon",
    colour="#5f60ff",  # brand #6364ff
    hosts=("mastodon.social", "mastodon.online", "joinmastodon.org"),  # the project's own; any other host is possible
    # The page is Mastodon's own (SharesController joins title, text and url); 500 and 23 are its defaults.
    share=ShareLink("https://{instance}/share", {"text": "{text} {url}"}, limit=500, link_weight=23),
    follow=Follow(
        "https://{host}/@{user}",
        handle=rf"(?a)(?P<user>\w(?:[\w.-]{{0,62}}\w)?)@(?P<host>{HOST_NAME})",
        example="shareworthy@mastodon.social",
    ),
    widgets=(
        Widget(
            what="post",  # ids are snowflakes; other programs whose posts have such addresses show them alike
            pattern=rf"(?a)(?P<host>{HOST_NAME})/(?P<user>@\w[\w.-]{{0,63}}(?:@{HOST_NAME})?)/(?P<id>\d{{5,20}})/?",
            frame="https://{host}/{user}/{id}/embed",
            example="https://mastodon.social/@shareworthy/112345678901234567",
        ),
    ),
    account_meta={"fediverse:creator": "@{handle}"},  # github.com/mastodon/mastodon/pull/30398
    # Every server that a post reaches fetches by itself, so there are no addresses to check it by.
    crawler=Crawler(agents=(r"\bmastodon/\d",)),
    preview=PreviewRules(
        as_of=dt.date(2026, 11, 25),
        source="mastodon/mastodon, app/lib/link_details_extractor.rb (JSON-LD of two types first) and card.jsx "
        "(large when wider than high, and then without a description); 1 MB, 8 MB and the columns unverified",
        layout="entry",
        agent="Mastodon/4.4.0 (http.rb/5.2.0; +https://mastodon.social/)",
        reads=ABOUT_1_MB,
        title=("ld:headline", "og:title", "<title>"),
        title_cut=Cut(lines=2, columns=38),
        description=("ld:description", "og:description", "description"),
        description_cut=Cut(lines=1, columns=52),
        description_when="small",
        picture=("og:image",),
        pictures=PictureRules(
            smallest=(1, 1), large=(1, 1), weight=8_000_000, formats=(*STILL, "AVIF"), large_when_wide=True
        ),
        site=("ld:publisher", "og:site_name", "host"),
        author=("ld:author", "og:author"),
        light=Colours("#ffffff", "#ffffff", "#ffffff", "#181820", "#535b72", "#c8ced9", "#5638cc"),
        dark=Colours("#191b22", "#191b22", "#191b22", "#ffffff", "#9baec8", "#393f4f", "#a3a3ff"),
    ),
)
