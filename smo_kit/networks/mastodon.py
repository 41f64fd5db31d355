"""Mastodon has no central place: a reader is asked for his server, and accounts are ``name@server``."""

from smo_kit.networks.network import HOST_NAME, Crawler, Follow, Network, ShareLink, Widget

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
)
