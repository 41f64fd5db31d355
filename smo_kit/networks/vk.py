"""VK. Its hosts move from vk.com to vk.ru: set ``SMO_KIT["NETWORKS"]["hosts"]`` when yours do."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink, Widget

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
    login="vk",
    crawler=Crawler(agents=("vkshare", "vkrobot"), rdns=(".vk.com", ".vkontakte.ru")),  # rdns unverified, 2026-11
)
