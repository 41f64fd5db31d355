"""VK. Its hosts move from vk.com to vk.ru: set ``SMO_KIT["NETWORKS"]["hosts"]`` when yours do."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.logins import Login
from smo_kit.networks.network import Crawler, Follow, Network, ShareLink, Widget
from smo_kit.networks.policies import RewardPolicy
from smo_kit.networks.previews import ABOUT_1_MB, Colours, Cut, PictureRules, PreviewRules

VK = Network(
    id="vk",
    name=_("VK"),
    colour="#0070f1",  # brand #0077ff
    hosts=("vk.com", "vk.ru", "vk.me", "vk.cc", "vk.link", "vkontakte.ru", "vkvideo.ru"),
    # Title and image are hints. With noparse=1 VK would believe them, and never send the crawler that proves a share.
    share=ShareLink("https://vk.com/share.php", {"url": "{url}", "title": "{text}", "image": "{image}"}),
    follow=Follow("https://vk.com/{handle}", handle=r"(?a)\w[\w.]{1,63}", example="shareworthy"),
    widgets=(  # dev.vk.com/widgets; a post needs a hash that only VK's own dialogue tells
        Widget(
            what="community",
            pattern=r"(?a)(?:m\.)?vk\.(?:com|ru)/(?:club|public|event)(?P<id>\d{1,12})/?",
            frame="https://vk.com/widget_community.php?app=0&_ver=1&gid={id}&mode=3&width=auto",
            example="https://vk.com/club1",
            height=400,
        ),
        Widget(
            what="video",
            pattern=r"(?a)(?:m\.)?(?:vk\.(?:com|ru)|vkvideo\.ru)/(?:video|clip)(?P<owner>-?\d{1,12})_(?P<id>\d{1,12})/?",
            frame="https://vk.com/video_ext.php?oid={owner}&id={id}",
            example="https://vk.com/video-1_2",
            allow="encrypted-media; fullscreen; picture-in-picture",
        ),
    ),
    login=Login(
        provider="vk",
        console="https://id.vk.com/about/business/go",
        as_of=dt.date(2026, 11, 26),
        source="id.vk.com/about/business/go/docs (create-application); that it refuses http is unverified",
        labels={"client_id": _("App ID"), "secret": _("Protected key")},
        gives_email="unverified",
        needs_https=True,
        notes=(
            _("The trusted redirect URL must be https and exactly the same as here, to the last slash."),
            _("Allow the e-mail address among the accesses of the application, or readers come without one."),
        ),
    ),
    crawler=Crawler(
        agents=("vkshare", "vkrobot"),
        rdns=(".vk.com", ".vkontakte.ru"),  # unverified, 2026-11
        asns=(47541, 47542),  # unverified, 2026-11
        unconfirmed=True,
    ),
    reward_policy=RewardPolicy(
        verdict="unknown",
        reason=_(
            "VK bans likes and reposts that are bought. A contest may ask for a subscription; whether something may be "
            "given for a repost was not found in its rules: read them before you turn this on."
        ),
        as_of=dt.date(2026, 11, 26),
        source="m.vk.com/@adminsclub-pravila-soobschestv (rules of communities), not found in full",
    ),
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
