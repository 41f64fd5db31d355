"""Tumblr. The one network whose readers do search by tags: they are passed on."""

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

TUMBLR = Network(
    id="tumblr",
    name="Tumblr",
    colour="#36465d",
    hosts=("tumblr.com", "tmblr.co"),
    share=ShareLink(
        "https://www.tumblr.com/widgets/share/tool",
        {"posttype": "link", "canonicalUrl": "{url}", "title": "{title}", "caption": "{text}", "tags": "{tags}"},
    ),
    follow=Follow("https://www.tumblr.com/{handle}", handle=r"[A-Za-z0-9][A-Za-z0-9-]{0,31}", example="shareworthy"),
    login="tumblr_oauth2",
    crawler=Crawler(agents=(r"^tumblr/[\d.]+$",)),  # its application adds the name of the device
)
