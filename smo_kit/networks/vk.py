"""VK. Its hosts move from vk.com to vk.ru: set ``SMO_KIT["NETWORKS"]["hosts"]`` when yours do."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink
from smo_kit.networks.previews import ABOUT_1_MB, Colours, Cut, PictureRules, PreviewRules

VK = Network(
    id="vk",
    name=_("VK"),
    colour="#0070f1",  # brand #0077ff
    hosts=("vk.com", "vk.ru", "vk.me", "vk.cc", "vk.link", "vkontakte.ru", "vkvideo.ru"),
    # Title and image are hints. With noparse=1 VK would believe them, and never send the crawler that proves a share.
    share=ShareLink("https://vk.com/share.php", {"url": "{url}", "title": "{text}", "image": "{image}"}),
    follow=Follow("https://vk.com/{handle}", handle=r"(?a)\w[\w.]{1,63}", example="shareworthy"),
    login="vk",
    crawler=Crawler(agents=("vkshare", "vkrobot"), rdns=(".vk.com", ".vkontakte.ru")),  # rdns unverified, 2026-11
    preview=PreviewRules(
        as_of=dt.date(2026, 11, 25),
        source="dev.vk.com on snippets of links (vk:image before og:image); sizes from public guides, unverified",
        layout="caption",
        agent="Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
        reads=ABOUT_1_MB,
        title=("og:title", "<title>", "<h1>"),
        title_cut=Cut(letters=160, lines=2, columns=40),
        description=("og:description", "description"),
        description_cut=Cut(lines=2, columns=46),
        description_when="small",
        picture=("vk:image", "og:image", "link:image_src", "<img>"),
        pictures=PictureRules(smallest=(160, 80), large=(537, 240), weight=5_000_000, ratio=1074 / 480),
        light=Colours("#edeef0", "#ffffff", "#ffffff", "#000000", "#6d7885", "#dce1e6", "#2a5885"),
        dark=Colours("#141414", "#222222", "#222222", "#e1e3e6", "#939393", "#363738", "#71aaeb"),
    ),
)
