"""VK. Its hosts move from vk.com to vk.ru: set ``SMO_KIT["NETWORKS"]["hosts"]`` when yours do."""

from django.utils.translation import gettext_lazy as _

from smo_kit.networks.network import Crawler, Follow, Network, ShareLink

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
)
